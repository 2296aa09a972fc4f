"""Passwords, from wherever they may come: they go to the machine they are for, and nowhere else."""

from __future__ import annotations

import base64
import html
import json
import os
import subprocess
import sys
import urllib.parse
from collections.abc import Callable

import keyring
import pytest
from keyring.backend import KeyringBackend
from lxml import etree

from tests.secrets.marks import (
    OUTPUTS,
    ROOT,
    Outcome,
    assert_hidden,
    in_file,
    scan,
)
from tests.wire import HV01


class Ring(KeyringBackend):
    """A keyring in memory."""

    priority = 1.0

    def __init__(self, secret: str) -> None:
        super().__init__()
        self.secret = secret

    def get_password(self, service: str, username: str) -> str | None:
        return self.secret if (service, username) == ("hv-preflight", "admin") else None

    def set_password(self, service: str, username: str, password: str) -> None:
        raise NotImplementedError

    def delete_password(self, service: str, username: str) -> None:
        raise NotImplementedError


@pytest.mark.parametrize("method", ["basic", "negotiate"])
@pytest.mark.parametrize("source", ["env", "file", "keyring", "command"])
def test_a_password_goes_nowhere_but_to_the_machine(start, mark, log, capsys, monkeypatch, source, method):
    lab = start(mark)
    monkeypatch.setenv("HV_TEST_PASSWORD", mark)
    before = keyring.get_keyring()
    keyring.set_keyring(Ring(mark))
    tables = {
        "env": 'env = "HV_TEST_PASSWORD"',
        "file": f'file = "{lab.folder / "secret"}"',
        "keyring": 'keyring = "hv-preflight"',
        "command": f'command = ["cat", "{lab.folder / "secret"}"]',
    }
    sign_in = f'user = "admin"\npassword = {{ {tables[source]} }}'
    code = scan(lab.estate(method=method, sign_in=sign_in), lab.folder)
    keyring.set_keyring(before)
    outcome = Outcome(lab.folder, capsys, log)
    assert code in (1, 3)
    assert lab.server.traffic.count("Create", HV01) == 2, "the password was right, in each of two rounds"
    assert outcome.outputs["debug.log"]
    assert_hidden(outcome.outputs, mark)


@pytest.mark.parametrize("method", ["basic", "negotiate"])
def test_a_wrong_password_stays_hidden_and_is_tried_once(start, mark, log, capsys, method):
    lab = start("another-passw0rd")
    (lab.folder / "secret").write_text(mark, encoding="utf-8")
    assert scan(lab.estate(method=method, sign_in=in_file(lab)), lab.folder) in (1, 3)
    outcome = Outcome(lab.folder, capsys, log)
    assert "the account is used no further in this run" in outcome.text("r.json")
    assert lab.server.traffic.refused() == 1  # by one of the hosts; the other is not tried
    assert_hidden(outcome.outputs, mark)


@pytest.mark.parametrize("weak", ["div", "true", "target", "1"])
def test_a_weak_password_that_is_a_word_of_a_format_breaks_none(start, weak):
    """It would be hidden in the words of JSON and HTML, and nobody could read them."""
    lab = start(weak)
    every = [text for option, name in OUTPUTS.items() for text in (option, str(lab.folder / name))]
    command = [sys.executable, "-m", "scanner", "scan", str(lab.estate(sign_in=in_file(lab))), *every]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode in (1, 3), done.stderr
    assert json.loads((lab.folder / "r.json").read_bytes())["gaps"]
    page = (lab.folder / "r.html").read_text(encoding="utf-8")
    assert page.count("<div") == page.count("</div>") > 0
    assert etree.fromstring((lab.folder / "r.xml").read_bytes()).tag == "testsuites"
    command = [sys.executable, "-m", "scanner", "judge", str(lab.folder / "r.hvp")]
    again = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert again.returncode == done.returncode, again.stderr


def test_the_directory_password_stays_hidden(start, mark, log, capsys, monkeypatch):
    lab = start("another-passw0rd")
    monkeypatch.setenv("HV_TEST_UNSET", mark)
    assert scan(lab.estate(sign_in=in_file(lab)), lab.folder) in (1, 3)
    assert_hidden(Outcome(lab.folder, capsys, log).outputs, mark)


def test_a_password_written_into_the_estate_file_is_refused_unseen(start, mark, capsys):
    lab = start("another-passw0rd")
    for line in (f"password = {json.dumps(mark)}", f"passwort_token = {json.dumps(mark)}"):
        assert scan(lab.estate(sign_in=f'user = "admin"\n{line}'), lab.folder) == 2
        outcome = Outcome(lab.folder, capsys)
        assert "a secret may not stand in this file" in outcome.text("stderr")
        assert_hidden(outcome.outputs, mark)


WRITERS: dict[str, Callable[[str], bytes]] = {
    "json": lambda text: json.dumps(text).encode(),
    "html": lambda text: html.escape(text).encode(),
    "repr": lambda text: repr(repr(text)).encode(),
    "url": lambda text: urllib.parse.quote(text, safe="").encode(),
    "utf-16": lambda text: text.encode("utf-16"),
    "base64": lambda text: base64.b64encode(f"admin:{text}".encode()),
    "url-safe base64": lambda text: base64.urlsafe_b64encode(f"a:{text}".encode()),
    "base64 of utf-16": lambda text: base64.b64encode(text.encode("utf-16-le")),
    "hex": lambda text: text.encode().hex().encode(),
}


@pytest.mark.parametrize("way", WRITERS)
def test_the_search_would_find_it(mark, way):
    """A mark that is there, in any form, is found: else all the tests above would prove nothing."""
    with pytest.raises(AssertionError, match="out holds a secret"):
        assert_hidden({"out": b"some " + WRITERS[way](mark) + b" text"}, mark)


def test_the_environment_is_not_asked_for_a_password_nobody_named(monkeypatch, start, mark, capsys):
    monkeypatch.setenv("HV_PASSWORD", mark)
    monkeypatch.setitem(os.environ, "PASSWORD", mark)
    lab = start("another-passw0rd")
    assert scan(lab.estate(sign_in=in_file(lab)), lab.folder) in (1, 3)
    assert_hidden(Outcome(lab.folder, capsys).outputs, mark)
