"""Pages to look at in a browser, the browser, and a server as strict as Jenkins'."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from reports.html_report import render
from scanner import cli
from scanner.words.model import Profile, Status
from scanner.words.report import Finding, Report
from tests.reports.conftest import GUIDS, HV01, HV02, HV11, REMEDY, build, finding, findings, host, move, route

CHROMIUM = Path("/usr/bin/chromium")
IN_A_BROWSER = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's Chromium is not installed (apt-get install chromium)"),
]
"""Marks of the tests that look at pages in one."""
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
JENKINS = "sandbox allow-same-origin; default-src 'none'; img-src 'self'; style-src 'self'"
"""What Jenkins sends with every file of a job: no script, no style but one of a file."""
PRACTICE = Path(__file__).parents[2] / "scanner" / "data" / "practice.hvp"
LONG_COMMAND = (
    "Set-ADComputer -Identity 'hv11' -Replace @{'msDS-AllowedToDelegateTo'=@(\n"
    "    'Microsoft Virtual System Migration Service/a-host-with-a-rather-long-name.corp.example',\n"
    f"    'cifs/{'unbroken' * 20}',  '<b>two  blanks</b> &amp; {'/'.join(map(str, range(60)))}')}}"
)


@contextmanager
def chromium() -> Iterator[object]:
    """The browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder behind a server that forbids what Jenkins forbids; its address, with a slash at the end."""

    class Handler(SimpleHTTPRequestHandler):
        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", JENKINS)
            super().end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@cache
def practice() -> str:
    """The page of the practice estate: 13 hosts, every kind of move, every kind of fault."""
    with TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
            assert cli.run(["judge", str(PRACTICE), "--html", str(page)]) == 1
        return page.read_text(encoding="utf-8")


def whole(report: Report) -> str:
    """The page of a report with texts of every kind, hostile ones among them."""
    return render(report)


def machine_id(number: int) -> str:
    """The GUID of one of many machines."""
    return f"{number:08x}{GUIDS[0][8:]}"


def alike() -> list[Finding]:
    """Failures that share a command, failures that have one each, and one that is of every kind of move by itself."""
    same = {"wanted": "at least 8.0", "note": "too old for it"}
    shared = [
        finding("VM-02", move(machine_id(n), f"web-{n}"), Status.FAIL, f"5.{n}", remedy=REMEDY, **same)
        for n in range(8)
    ]
    apart = [
        finding("VM-02", move(machine_id(n), f"db-{n}"), Status.FAIL, f"6.{n}", remedy=f"{LONG_COMMAND} # {n}", **same)
        for n in range(8, 16)
    ]
    kinds = [
        finding("ID-01", host(HV02), Status.FAIL, "a\nb", profiles=frozenset({profile}), by_profile=True)
        for profile in Profile
    ]
    return [*shared, *apart, *kinds]


def many() -> str:
    """The page of findings that have much in common."""
    one = finding("DEL-01", route(HV01, HV11), Status.FAIL, "x", wanted="y", remedy=LONG_COMMAND)
    others = [f for f in findings() if f.check not in ("VM-02", "DEL-01", "ID-01")]
    routes = ((HV01, HV11), (HV11, HV01), (HV02, HV01))
    return render(build([*alike(), one, *others], routes=routes, profiles=tuple(Profile)))


def kept(folder: Path, pages: Iterable[tuple[str, str]]) -> Path:
    """The folder, with these pages in it."""
    for name, page in pages:
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    return folder
