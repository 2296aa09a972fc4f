"""Notices on the wire: sent by the library to a real server, or not at all; in time, without a word of a URL."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from scanner.commands import notify as commands
from scanner.commands.console import UsageError
from scanner.commands.notify import VARIABLE, Notices, Sender, notify
from scanner.estate.secret import HIDDEN, redact
from scanner.words.notice import Mood, Notice
from tests.test_notice import run_of

TOKEN = "t0ken-of-a-service-that-nobody-may-read"
NOTICE = Notice(title="hv-preflight: not ready", text="1 new failure:\n- NET-01", mood=Mood.WORSE)


class Service:
    """A server that keeps what it is sent."""

    def __init__(self, status: int = 200, location: str = "") -> None:
        self.asked: list[tuple[str, dict[str, str], bytes]] = []
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                service.asked.append((self.path, dict(self.headers), body))
                self.send_response(status)
                if location:
                    self.send_header("Location", location)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"json://127.0.0.1:{self.server.server_port}/{TOKEN}"


@contextmanager
def service(status: int = 200, location: str = "") -> Iterator[Service]:
    made = Service(status, location)
    thread = threading.Thread(target=made.server.serve_forever)
    thread.start()
    try:
        yield made
    finally:
        made.server.shutdown()
        thread.join()
        made.server.server_close()


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)


def test_each_service_is_told_title_text_and_mood():
    with service() as one, service() as other:
        assert notify((one.url, other.url), NOTICE) == ()
        for told in (one, other):
            ((path, _, body),) = told.asked
            sent = json.loads(body)
            assert path == f"/{TOKEN}"
            assert (sent["title"], sent["message"], sent["type"]) == (NOTICE.title, NOTICE.text, "failure")


def test_looking_whether_a_url_can_be_used_asks_nobody():
    with service() as one:
        sender = Notices(notify=[one.url]).ready()
        assert sender.urls == (one.url,)
        assert one.asked == []


def test_a_run_that_changed_nothing_sends_nothing(capsys):
    with service() as one:
        sender = Notices(notify=[one.url]).ready()
        sender.tell_of(run_of(same=True))
        assert one.asked == []
        sender.tell_of(run_of())
        assert len(one.asked) == 1
        assert b"hv01" not in one.asked[0][2]
        Notices(notify=[one.url], notify_names=True, notify_link="https://ci.example/7").ready().tell_of(run_of())
        assert b"hv01.corp.example" in one.asked[1][2]
        assert json.loads(one.asked[1][2])["message"].endswith("\nReport: https://ci.example/7")
    assert capsys.readouterr() == ("", "")


def test_what_is_not_taken_is_told_in_one_line_without_a_url(capsys):
    with service(500) as broken, service() as well:
        Sender((broken.url, well.url)).tell_of(run_of())
        assert len(broken.asked) == len(well.asked) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == "1 of 2 notices could not be sent; nothing else changes by it\n"


def test_a_redirect_is_not_followed_whatever_the_url_says():
    with service() as other, service(307, other.url.replace("json://", "http://")) as one:
        assert len(notify((one.url, f"{one.url}?redirect=yes"), NOTICE)) == 1
        assert len(one.asked) == 2
        assert other.asked == []


def test_no_credential_of_this_account_goes_along(tmp_path, monkeypatch):
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password secret-of-mine\n", encoding="utf-8")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("HV_PASSWORD", "secret-of-mine")
    with service() as one:
        assert notify((one.url,), NOTICE) == ()
        ((_, headers, body),) = one.asked
        assert "Authorization" not in headers
        assert b"secret-of-mine" not in body
    assert {*commands.KEPT}.isdisjoint({"HV_PASSWORD", VARIABLE, "NETRC"})


def test_a_dead_server_costs_no_more_than_the_bound(monkeypatch):
    monkeypatch.setattr(commands, "SECONDS", 12.0)  # a busy machine takes seconds to load the library
    with socket.socket() as silent, service() as well:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        dead = [f"json://127.0.0.1:{silent.getsockname()[1]}/{TOKEN}?rto=60&cto=60" for _ in range(3)]
        began = time.monotonic()
        assert notify((*dead, well.url), NOTICE) == ("3 of 4 notices could not be sent; nothing else changes by it",)
        assert time.monotonic() - began < 12.0 + 8.0, "the service itself would be waited for for a minute"
        assert len(well.asked) == 1


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("no-such-service://host/x", "is no URL of a service that apprise knows"),
        (f"{TOKEN}", "is no URL of a service that apprise knows"),
        ("syslog://", "would run a program or show a window on this machine"),
        ("macosx://", "would run a program or show a window on this machine"),
        ("$(NOTIFY_URL)", "holds the name of a variable in place of a secret"),
        (" ", "is not set or empty"),
    ],
)
def test_what_cannot_be_used_is_told_before_anybody_is_asked_and_not_by_what_it_holds(url, says):
    with pytest.raises(UsageError) as error:
        Notices(notify=["json://127.0.0.1:9/x", url]).ready()
    assert str(error.value).startswith("--notify 2 ")
    assert says in str(error.value)
    assert TOKEN not in str(error.value)
    assert "no-such-service" not in str(error.value)


def test_without_the_library_the_extra_is_named(monkeypatch):
    monkeypatch.setattr(commands, "LIBRARY", "no_such_library")
    with pytest.raises(UsageError, match=r"install the extra notify, hv-preflight\[notify\]"):
        Notices(notify=["json://127.0.0.1:9/x"]).ready()
    assert Notices().ready() == Sender(), "where nobody is to be told, nobody needs it"


def test_a_url_is_hidden_in_whatever_is_printed():
    url = f"json://user:{TOKEN}@127.0.0.1:9/x"
    Notices(notify=[url]).ready()
    assert redact(f"refused: {url}") == f"refused: {HIDDEN}"
    assert TOKEN not in repr(Notices(notify=[url])) + repr(Sender((url,)))


def test_urls_of_a_file_and_of_the_environment(tmp_path, monkeypatch):
    kept = tmp_path / "urls"
    kept.write_text("# operations\njson://127.0.0.1:9/a\n\njson://127.0.0.1:9/b\n", encoding="utf-8")
    kept.chmod(0o600)
    monkeypatch.setenv(VARIABLE, "json://127.0.0.1:9/c json://127.0.0.1:9/a")
    sender = Notices(notify=["json://127.0.0.1:9/d"], notify_file=kept).ready()
    assert [url[-1] for url in sender.urls] == ["d", "a", "b", "c"]
    kept.write_text("json://127.0.0.1:9/a\nnonsense\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"^line 2 of .*/urls is no URL"):
        Notices(notify_file=kept).ready()
    monkeypatch.setenv(VARIABLE, "json://127.0.0.1:9/c nonsense")
    with pytest.raises(UsageError, match=rf"^{VARIABLE}, URL 2 is no URL"):
        Notices().ready()


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620, 0o602])
def test_a_file_that_others_may_read_or_change_is_not_taken(tmp_path, mode):
    kept = tmp_path / "urls"
    kept.write_text("json://127.0.0.1:9/a\n", encoding="utf-8")
    os.chown(kept, 65534, 65534) if os.geteuid() == 0 else None
    kept.chmod(mode)
    with pytest.raises(UsageError, match=r"chmod go=|not taken"):
        Notices(notify_file=kept).ready()
    with pytest.raises(UsageError, match=r"gone cannot be read"):
        Notices(notify_file=tmp_path / "gone").ready()


@pytest.mark.parametrize(
    "link", ["ftp://x", "https://", "https://a b", "https://a\n##vso[x]", "javascript:1", "x" * 600]
)
def test_a_link_is_one(link):
    with pytest.raises(UsageError, match=r"^--notify-link: write a link"):
        Notices(notify_link=link).ready()


def test_the_other_process_prints_no_more_than_a_word_of_each():
    order = json.dumps(
        {"urls": [f"json://127.0.0.1:1/{TOKEN}", f"mailto://{TOKEN}"], "title": "t", "text": "x", "mood": "info"}
    )
    done = subprocess.run(
        [sys.executable, "-P", "-m", "scanner.commands.notifying"], input=order, capture_output=True, text=True,
        cwd=Path(__file__).parents[1], check=True, timeout=60,
    )  # fmt: skip
    assert sorted(done.stdout.splitlines())[0] == "0 failed"
    assert TOKEN not in done.stdout + done.stderr
    assert len(done.stdout.splitlines()) == 2
