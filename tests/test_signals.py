"""SIGINT, SIGTERM and SIGHUP end a run with its reports: at any moment, and twice in a row."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import termios
from contextlib import suppress
from pathlib import Path

import pytest

from scanner.commands.signals import Latch
from tests.processes import HEARING, finished, running
from tests.test_sinks import READY, SECRETS, hosts, options, whole  # noqa: F401 - a fixture

PLUGIN = """
'''Why.

What passes.'''
import os, signal, sys, threading
from dataclasses import dataclass
from datetime import UTC, datetime
from scanner.facts.directory import DirectoryFact
from scanner.api import (Ask, Collector, Fact, Reporter, Severity, Who, check, hookimpl, passed, scopes)
sent = []
def here(where):
    if where == os.environ["HV_WHERE"] and where not in sent:
        sent.append(where)
        for name in os.environ["HV_SIGNALS"].split():
            os.kill(os.getpid(), getattr(signal, name))
        return True
here("import")
@dataclass(frozen=True)
class First(DirectoryFact):
    pass
@dataclass(frozen=True)
class Second(DirectoryFact):
    pass
def collect(task, access):
    for fact, where in ((First, "collect"), (Second, "probe")):
        if fact in task.facts:
            if here(where):
                threading.Event().wait(50)  # hangs, as a target may
            task.evidence.put(fact, task.target, [fact()], at=datetime.now(UTC))
def asks(subject, view):
    here("asks")
    return [Ask(Second, "corp.example", "x")]
@check(id="XX-01", title="t", severity=Severity.LOW, who=Who.HOST,
       scope=scopes.HOST, seed="s", needs=(First, Second), remedy="r",
       asks=asks)
def judge(subject, view):
    here("judge")
    return passed(str(view.rows(First, "corp.example")))
def render(report):
    here("render")
    return "x" * 1_000_000
@hookimpl
def scanner_checks():
    return [judge]
@hookimpl
def scanner_reporters():
    return [Reporter(name="big", suffix=".x", render=render)]
@hookimpl
def scanner_collectors():
    return [Collector(name="odd", kinds=frozenset({"domain"}), provides=(First, Second).__contains__, collect=collect)]
"""
READING = ("import", "collect", "asks", "probe")
LATER = ("judge", "render")
ALL = "SIGINT SIGTERM SIGHUP"
WAYS = ("SIGINT", "SIGINT SIGINT", "SIGTERM SIGTERM", "SIGHUP SIGHUP")


@pytest.fixture
def scan(tmp_path: Path, hosts: Path) -> list[object]:  # noqa: F811
    """A scan with a plugin that sends signals, and every kind of file."""
    (tmp_path / "p.py").write_text(PLUGIN, encoding="utf-8")
    more = ["--save", tmp_path / "r.hvp", "--plugin", tmp_path / "p.py", "--report", f"big={tmp_path / 'big'}"]
    return ["scan", hosts, *options(tmp_path), *more]


def environment(where: str = "", signals: str = "") -> dict[str, str]:
    return SECRETS | {"HV_WHERE": where, "HV_SIGNALS": signals}


def test_the_plugin_alone_changes_nothing(tmp_path, scan):
    done = finished(*scan, environment=environment())
    assert done.returncode == 3, done.stderr
    found = json.loads((tmp_path / "r.json").read_bytes())
    assert {f["check"]: f["status"] for f in found["findings"]}["XX-01"] == "PASS"


@pytest.mark.parametrize(
    ("where", "signals"),
    [
        *((where, ALL) for where in (*READING, *LATER)),
        *((where, way) for where in ("collect", "judge") for way in WAYS),
    ],
)
def test_a_run_ends_with_its_reports(tmp_path, scan, where, signals):
    done = finished(*scan, environment=environment(where, signals))
    assert done.returncode == 130, done.stderr
    assert "exit 130 (interrupted)" in done.stdout
    assert "Traceback" not in done.stderr
    whole(tmp_path)
    assert len((tmp_path / "big").read_bytes()) == 1_000_000
    found, saved = (json.loads((tmp_path / name).read_bytes()) for name in ("r.json", "r.hvp"))
    assert (found["verdict"] == "interrupted") == saved["interrupted"] == (where in READING)
    assert ("the reports hold what was read until then" in done.stderr) == (where in READING)
    assert ("interrupted when all was read" in done.stderr) == (where in LATER)
    if where in ("import", "collect"):
        assert "interrupted" in {gap["detail"] for gap in found["gaps"]}


@pytest.mark.parametrize("where", LATER)
def test_a_judgement_of_a_record_ends_with_its_reports(tmp_path, scan, where):
    assert finished(*scan, environment=environment()).returncode == 3
    (tmp_path / "r.json").unlink()
    arguments = ["judge", tmp_path / "r.hvp", *options(tmp_path), *scan[-4:]]
    done = finished(*arguments, environment=environment(where, "SIGTERM SIGINT"))
    assert done.returncode == 130, done.stderr
    whole(tmp_path)
    assert json.loads((tmp_path / "r.json").read_bytes())["exit_code"] == 3


def test_a_collection_ends_with_its_record(tmp_path, scan):
    arguments = ["collect", scan[1], "--save", tmp_path / "r.hvp", "--plugin", tmp_path / "p.py"]
    done = finished(*arguments, environment=environment("collect", "SIGHUP SIGHUP"))
    assert done.returncode == 130, done.stderr
    assert json.loads((tmp_path / "r.hvp").read_bytes())["interrupted"] is True
    assert "the record holds what was read until then" in done.stderr


def test_signals_in_the_midst_of_a_write_lose_nothing(tmp_path, scan):
    """The reader of a pipe holds up the report, and goes on after the signals."""
    os.mkfifo(tmp_path / "pipe")
    scan[-1] = f"big={tmp_path / 'pipe'}"
    names = iter(["--report", f"big={tmp_path / 'late'}"])
    with running(*scan, *names, environment=environment()) as process:
        with (tmp_path / "pipe").open("rb") as pipe:
            got = pipe.read(10)
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
                process.send_signal(number)
            got += pipe.read()
        said, told = process.communicate(timeout=60)
    assert process.returncode == 130, told
    assert len(got) == len((tmp_path / "late").read_bytes()) == 1_000_000
    assert "exit 130 (interrupted)" in said
    whole(tmp_path)


@pytest.mark.parametrize("where", ["import", "judge", "render"])
def test_the_third_of_a_kind_is_meant(tmp_path, scan, where):
    done = finished(*scan, environment=environment(where, "SIGINT SIGINT SIGINT SIGINT"))
    assert done.returncode == 130
    assert (tmp_path / "r.html").exists() == (where == "render")
    assert not (tmp_path / "big").exists()
    assert not list(tmp_path.glob(".hv-preflight*"))


def test_a_terminal_that_takes_nothing_can_be_left(tmp_path, scan):
    """Files are written before the terminal is; a signal then ends what hangs there."""
    ours, theirs = os.pipe()
    os.set_blocking(theirs, False)
    with suppress(BlockingIOError):
        while True:
            os.write(theirs, bytes(4096))
    os.set_blocking(theirs, True)
    os.mkfifo(tmp_path / "last")
    with running(*scan, "--report", f"big={tmp_path / 'last'}", environment=environment(), stdout=theirs) as process:
        assert len((tmp_path / "last").read_bytes()) == 1_000_000  # it is closed when all files are written
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.5)  # for the terminal's turn; should it come later, the next signal will do
        while process.poll() is None:
            process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.5)
        assert process.returncode == 130
    os.close(ours)
    os.close(theirs)
    whole(tmp_path)


@pytest.mark.parametrize(("ignored", "number"), [("HUP", signal.SIGHUP), ("INT", signal.SIGINT)])
@pytest.mark.parametrize("where", ["collect", "judge"])
def test_what_was_ignored_from_the_start_stays_ignored(tmp_path, scan, ignored, number, where):
    """As under nohup, or in the background of a script."""
    before = ("env", "--default-signal=INT,TERM,HUP", f"--ignore-signal={ignored}")
    text = PLUGIN.replace("threading.Event().wait(50)", "pass")
    (tmp_path / "p.py").write_text(text, encoding="utf-8")
    done = finished(*scan, before=before, environment=environment(where, number.name))
    assert done.returncode == 3, done.stderr
    whole(tmp_path)
    assert json.loads((tmp_path / "r.json").read_bytes())["verdict"] == "incomplete"


# ---- an estate or a record out of a pipe

PIPED = {
    "estate": ["estate", "PIPE"],
    "init": ["init", "--domain", "corp.example", "--access", "PIPE"],
    "queries": ["queries", "PIPE"],
    "jea": ["jea", "PIPE", "--out", "out"],
    "scan": ["scan", "PIPE", "--html", "r.html", "--save", "r.hvp"],
    "collect": ["collect", "PIPE", "--save", "r.hvp"],
    "judge": ["judge", "PIPE", "--html", "r.html"],
    "why": ["why", "host", "a", "--to", "b", "--record", "PIPE"],
    "second round": ["queries", "ESTATE", "--record", "PIPE"],
}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("name", PIPED)
def test_a_signal_while_an_estate_or_a_record_is_read(tmp_path, hosts, name, number):  # noqa: F811
    """Nothing is begun that could be lost: the first one ends it."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    words = {"PIPE": str(pipe), "ESTATE": str(hosts)}
    arguments = [words.get(word, word) for word in PIPED[name]]
    with running(*arguments, environment=environment(), cwd=tmp_path) as process:
        with pipe.open("wb", buffering=0) as end:  # opened as soon as it is read
            end.write(b"#")
            process.send_signal(number)
            said, told = process.communicate(timeout=25)  # less than the patience with a pipe
        assert (process.returncode, said, told) == (130, "", "interrupted\n")
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(("r.", "out", ".hv-preflight"))]


# ---- a prompt, and a terminal that goes away


@pytest.mark.parametrize("how", ["key", "gone"])
def test_a_prompt_that_is_open_ends_with_the_reports(tmp_path, scan, how):
    hosts_file = Path(str(scan[1]))
    text = hosts_file.read_text(encoding="utf-8").replace('{ env = "HV_GUARDS" }', "{ prompt = true }")
    hosts_file.write_text(text.replace('host_deadline = "5s"', 'host_deadline = "55s"'), encoding="utf-8")
    ours, theirs = os.openpty()
    before = (*HEARING, "setsid", "--ctty")
    streams = dict.fromkeys(("stdin", "stdout", "stderr"), theirs)
    with running(*scan, before=before, environment=environment(), **streams) as process:
        os.close(theirs)
        seen = b""
        while b"password of" not in seen:
            assert select.select([ours], [], [], 50)[0], seen
            seen += os.read(ours, 4096)
        if how == "key":
            os.write(ours, termios.tcgetattr(ours)[6][termios.VINTR])
            drain(ours)
        os.close(ours)
        assert process.wait(60) == 130
    whole(tmp_path)
    assert json.loads((tmp_path / "r.json").read_bytes())["verdict"] == "interrupted"


def drain(terminal: int) -> None:
    """Read until the other end is closed, or says nothing more for long."""
    with suppress(OSError):
        while select.select([terminal], [], [], 30)[0] and os.read(terminal, 4096):
            pass


# ---- the latch


def raised(latch: Latch, number: int = signal.SIGINT) -> bool:
    try:
        latch.hear(number)
    except KeyboardInterrupt:
        return True
    return False


def test_what_was_asked_before_the_stretch_interrupts_it_at_once():
    latch = Latch()
    latch.hold()
    assert not raised(latch)
    with pytest.raises(KeyboardInterrupt), latch:
        pytest.fail("it began")
    assert latch.signalled
    assert not raised(latch, signal.SIGTERM)


def test_an_interruption_ahead_of_its_signal_is_remembered():
    latch = Latch()
    with pytest.raises(KeyboardInterrupt), latch:
        raise KeyboardInterrupt
    assert latch.signalled
    assert [raised(latch, signal.SIGINT) for _ in range(3)] == [False, False, True]


def test_one_signal_interrupts_a_stretch_and_the_next_is_remembered():
    latch = Latch()
    latch.hold()
    with latch:
        assert raised(latch)
        assert not raised(latch, signal.SIGTERM)
        assert not raised(latch, signal.SIGHUP)
    assert not raised(latch)
    assert raised(latch)


def test_after_the_files_a_signal_ends_the_program():
    latch = Latch()
    latch.hold()
    latch.release()
    assert not latch.signalled
    assert raised(latch)
