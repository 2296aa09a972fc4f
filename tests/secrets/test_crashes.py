"""Plugins that crash with a secret in their hands: no traceback, log, report or process list shows it."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from lab.windows.wsman import Event, PipelineRequest
from tests.secrets.marks import (
    OUTPUTS,
    ROOT,
    Outcome,
    assert_hidden,
    in_file,
    scan,
)
from tests.wire import Wire

PLUGIN = '''
"""Why.

What passes."""
import logging, pathlib
from scanner.facts.directory import DirectoryFact
from scanner.api import (Collector, Fact, Reporter, Severity, Who, Status, Verdict, check, hookimpl, passed, scopes)
from scanner.facts.network import EndpointProbe
from scanner.facts.host import OperatingSystem
from dataclasses import dataclass

@dataclass(frozen=True)
class Battery(DirectoryFact):
    """A battery."""
    kinds = frozenset({"host"})
    name: str

def _collect(task, access):
    secret = access.default.password.value("admin")
    logging.getLogger("mine").debug("signing in with %s", secret)
    logging.getLogger("mine").warning("it is " + secret)
    try:
        raise ValueError(secret)
    except ValueError as error:
        raise RuntimeError("it was " + SAID.format(secret)) from error

def _asks(subject, view):
    raise RuntimeError(pathlib.Path(SECRET).read_text())

@check(id="XX-01", title="t", severity=Severity.LOW, who=Who.HOST,
       scope=scopes.HOST, seed="s", needs=(Battery,), remedy="r")
def charged(subject, view):
    return passed(view.one(Battery, subject.host).name)

@check(id="XX-02", title="t", severity=Severity.LOW, who=Who.HOST,
       scope=scopes.HOST, seed="s", needs=(OperatingSystem,), remedy="r")
def crashes(subject, view):
    raise RuntimeError(pathlib.Path(SECRET).read_text())

@check(id="XX-03", title="t", severity=Severity.LOW, who=Who.HOST,
       scope=scopes.HOST, seed="s", needs=(EndpointProbe,), remedy="r",
       asks=_asks)
def asks(subject, view):
    secret = pathlib.Path(SECRET).read_text().strip()
    return Verdict(Status.FAIL, seen="seen " + secret, wanted=secret, remedy=secret, note=SAID.format(secret))

def _render(report):
    raise RuntimeError(pathlib.Path(SECRET).read_text())

@hookimpl
def scanner_collectors():
    return [Collector(name="batteries", kinds=frozenset({"domain", "host"}), provides=lambda fact: fact is Battery,
                      collect=_collect)]

@hookimpl
def scanner_checks():
    return [charged, crashes, asks, knows]

@hookimpl
def scanner_reporters():
    return [Reporter(name="crash", suffix=".x", render=_render)]
'''
KNOWS = """
word = pathlib.Path(SECRET).read_text().strip()

@check(id="XX-04", title="t " + word, severity=Severity.LOW, who=Who.HOST,
       scope=scopes.HOST, seed=word, needs=(), remedy="r " + word)
def knows(subject, view):
    return passed("yes")
"""


def with_plugin(lab: Wire, said: str = "{}") -> list[str]:
    path = lab.folder / "mine.py"
    words = f"\nSECRET = {str(lab.folder / 'secret')!r}\nSAID = {said!r}\n"
    path.write_text(PLUGIN + words + KNOWS, encoding="utf-8")
    return ["--plugin", str(path)]


@pytest.mark.parametrize("said", ["{}", "{!r}"], ids=["plain", "quoted"])
def test_plugins_that_crash_with_it(start, mark, log, capsys, said):
    """A KeyError, and many another message, quotes what it was given as Python writes it."""
    lab = start(mark)
    assert scan(lab.estate(sign_in=in_file(lab)), lab.folder, *with_plugin(lab, said)) in (1, 3)
    outcome = Outcome(lab.folder, capsys, log)
    assert "the collector failed: RuntimeError" in outcome.text("r.json")
    assert "the check failed: RuntimeError" in outcome.text("r.json")
    assert "signing in with [hidden]" in outcome.text("debug.log")
    assert_hidden(outcome.outputs, mark)


def test_a_report_format_that_crashes_with_it(start, mark, log, capsys):
    lab = start(mark)
    options = [*with_plugin(lab), "--report", f"crash={lab.folder / 'c'}"]
    assert scan(lab.estate(sign_in=in_file(lab)), lab.folder, *options) in (1, 3)
    outcome = Outcome(lab.folder, capsys, log)
    assert "RuntimeError: [hidden]" in outcome.text("debug.log")
    assert_hidden(outcome.outputs, mark)


def test_a_process_of_its_own_tells_nothing(start, mark):
    """Standard error without any logging set up, the command line and its children's, and a log at DEBUG."""
    hanging, go_on = threading.Event(), threading.Event()
    lab = start(mark)
    answering = lab.runner

    class Waiting:
        def run(self, request: PipelineRequest) -> Iterator[Event]:
            hanging.set()
            go_on.wait(40)
            yield from answering.run(request)

    lab.server.runner = Waiting()
    sign_in = f'user = "admin"\npassword = {{ command = ["cat", "{lab.folder / "secret"}"] }}'
    every = [text for option, name in OUTPUTS.items() for text in (option, str(lab.folder / name))]
    arguments = ["scan", str(lab.estate(sign_in=sign_in)), *every, *with_plugin(lab)]
    for loud in ("", "import logging; logging.basicConfig(level=10); "):
        hanging.clear()
        go_on.clear()
        program = f"{loud}import sys; sys.argv[1:] = {arguments!r}; from scanner.cli import main; main()"
        with subprocess.Popen(
            [sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        ) as process:  # fmt: skip
            try:
                assert hanging.wait(50)
                outputs = {"cmdline": Path(f"/proc/{process.pid}/cmdline").read_bytes()}
                outputs["environ"] = Path(f"/proc/{process.pid}/environ").read_bytes()
                go_on.set()
                outputs["stdout"], outputs["stderr"] = process.communicate(timeout=60)
            finally:
                process.kill()
        outputs |= {name: (lab.folder / name).read_bytes() for name in OUTPUTS.values()}
        assert process.returncode in (1, 3), outputs["stderr"].decode()
        assert b"RuntimeError: [hidden]" in outputs["stderr"]
        assert_hidden(outputs, mark)
