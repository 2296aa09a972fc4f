"""One sink, one failure: what cannot be written is told at the end, and everything else is written all the same."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from scanner import cli
from scanner.record.record import dump
from tests.conftest import NOW, ended, estate, evidence
from tests.processes import HEARING, command, finished, running, surroundings
from tests.test_guards import ESTATE

ROOT = Path(__file__).parents[1]
READY, BROKEN = ROOT / "tests" / "data" / "good.hvp", ROOT / "scanner" / "data" / "practice.hvp"
LESS_THAN_HTML = 560_000
"""octets that the other formats of that record fit into"""
NO_THREAD = "cannot start another thread"


@pytest.fixture
def unread(tmp_path: Path) -> Path:
    path = tmp_path / "record.hvp"
    path.write_bytes(dump(ended(evidence({}, estate(), now=NOW))))
    return path


@pytest.fixture
def hosts(tmp_path: Path) -> Path:
    """An estate of two hosts that refuse at once."""
    text = ESTATE.replace("[sign_in.unused]\n", "").replace('user = "u"', 'user = "u"\nport = 1')
    text += '[[route]]\nfrom = "hv01.corp.example"\nto = "hv02.corp.example"\n[names]\nservers = ["127.0.0.1"]\n'
    path = tmp_path / "estate.toml"
    text += '[directory]\nmethod = "simple"\nuser = "u"\npassword = { env = "HV_GUARDS" }\n'
    path.write_text(text + '[limits]\nhost_deadline = "5s"\nconnect_timeout = "1s"\n', encoding="utf-8")
    return path


SECRETS = {"HV_GUARDS": "a-long-enough-password"}


NAMES = {"html": "r.html", "junit": "r.xml", "json": "r.json"}


def options(folder: Path, **other: object) -> list[object]:
    """Every report in this folder, but for what is said otherwise."""
    files: dict[str, object] = {option: folder / name for option, name in NAMES.items()} | other
    return [text for name, path in files.items() for text in (f"--{name}", path)]


def whole(folder: Path, *names: str) -> None:
    """Every report is there, whole, and nothing else of ours."""
    ends = {"r.html": "</html>", "r.xml": "</testsuites>", "r.json": "}"}
    for name in names or ends:
        assert (folder / name).read_text(encoding="utf-8").rstrip().endswith(ends[name]), name
    assert not list(folder.glob(".*")), "an unfinished file was left behind"


# ---- the terminal


def through(shell: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """The command line with its streams as a shell would give them."""
    line = f"{shlex.join([*HEARING, *command(*arguments)])} {shell}"
    return subprocess.run(
        ["bash", "-c", line], env=surroundings(SECRETS), capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize(
    ("streams", "told"),
    [
        (">&-", "standard output cannot be written: Bad file descriptor\n"),
        ("> /dev/full", "standard output cannot be written: No space left on device\n"),
        ("2>&-", ""), ("2> /dev/full", ""), (">&- 2>&-", ""), ("<&- >&- 2>&-", ""), ("> /dev/full 2> /dev/full", ""),
    ],
)  # fmt: skip
def test_a_stream_that_cannot_be_written_costs_no_report(tmp_path, streams, told):
    done = through(streams, "judge", READY, *options(tmp_path))
    assert (done.returncode, done.stderr) == (0, told)
    whole(tmp_path)


@pytest.mark.parametrize(("record", "code"), [(BROKEN, 1), (None, 3)])
def test_the_exit_code_is_the_verdicts_whatever_the_terminal_is(tmp_path, unread, record, code):
    done = through("> /dev/full", "judge", record or unread, *options(tmp_path))
    assert done.returncode == code
    whole(tmp_path)


@pytest.mark.parametrize("streams", ["2>&-", "2> /dev/full", ">&- 2>&-"])
def test_progress_that_nobody_can_see_ends_no_run(tmp_path, hosts, streams):
    done = through(streams, "scan", hosts, *options(tmp_path), "--save", tmp_path / "r.hvp")
    assert done.returncode == 3, done.stderr
    whole(tmp_path)
    assert json.loads((tmp_path / "r.hvp").read_bytes())["interrupted"] is False


@pytest.mark.parametrize("streams", [">&-", "> /dev/full"])
@pytest.mark.parametrize("arguments", [["checks"], ["--version"], ["schema"], ["init"]])
def test_what_prints_and_cannot_did_not_end_well(streams, arguments):
    done = through(streams, *arguments)
    assert done.returncode == 4
    assert done.stderr.startswith("standard output cannot be written: ")
    assert "Traceback" not in done.stderr


def test_a_script_that_is_cut_off_did_not_end_well(hosts):
    done = through("> /dev/full", "queries", hosts, "--target", "hv01.corp.example", "--as-script")
    assert done.returncode == 4
    assert "standard output cannot be written: No space left on device" in done.stderr


LEADS_THERE = {
    "its name": "/dev/stdout",
    "its number": "/dev/fd/1",
    "its number to the system": "/proc/self/fd/1",
    "a copy of it": "/dev/fd/7",
}


@pytest.mark.parametrize("way", LEADS_THERE)
@pytest.mark.parametrize("led", ["> >(cat > all)", "> all", ">> all"])
@pytest.mark.parametrize("option", ["--json", "--report=json"])
def test_a_report_to_standard_output_stands_there_alone(tmp_path, monkeypatch, way, led, option):
    """Else the terminal's report follows it on the same stream, and no program reads the JSON."""
    monkeypatch.chdir(tmp_path)
    named = [f"--report=json={LEADS_THERE[way]}"] if "=" in option else [option, LEADS_THERE[way]]
    done = through(f"{led} 7>&1; wait; exit 0", "judge", READY, *named)
    assert json.loads((tmp_path / "all").read_bytes())["verdict"] == "ready"
    assert "READY" in done.stderr
    assert done.stderr.endswith(f"{LEADS_THERE[way]}  exit 0 (ready)\n")


@pytest.mark.parametrize("link", [False, True])
def test_a_report_into_the_file_that_standard_output_was_led_to(tmp_path, link):
    """It takes the file's place, and what is printed later would be in none."""
    place = tmp_path / "all"
    name = tmp_path / "link" if link else place
    (tmp_path / "link").symlink_to(place)
    with place.open("w") as file:
        done = finished("judge", READY, "--json", name, stdout=file)
    assert done.returncode == 0
    assert json.loads(place.read_bytes())["verdict"] == "ready"
    assert done.stderr.endswith(f"{name}  exit 0 (ready)\n")


def test_a_record_to_standard_output_stands_there_alone(hosts):
    for name in ("scan", "collect"):
        done = finished(name, hosts, "--save", "/dev/stdout", environment=SECRETS)
        assert done.returncode == 3
        assert json.loads(done.stdout)["hv_preflight"] == 1
        assert ("exit 3 (incomplete)" if name == "scan" else " answers and ") in done.stderr


def test_demo_gives_its_report_to_the_next_program():
    done = finished("demo", "--json", "/dev/stdout")
    assert done.returncode == 1
    assert json.loads(done.stdout)["verdict"] == "not ready"
    assert "exit 1 (not ready)" in done.stderr


def test_two_reports_to_standard_output_are_refused():
    done = finished("judge", READY, "--json", "/dev/stdout", "--junit", "/dev/fd/1")
    assert done.returncode == 2
    assert "/dev/fd/1 and /dev/stdout are both standard output" in done.stderr


def test_what_nobody_reads_is_no_reason_to_print_elsewhere():
    done = finished("judge", READY, "--json", os.devnull, stdout=subprocess.DEVNULL)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("people", [True, False])
def test_the_colours_are_those_of_the_stream_for_people(tmp_path, people):
    """A terminal on standard error, and a file on standard output; and the other way round."""
    ours, theirs = os.openpty()
    with (tmp_path / "other").open("w") as file:
        streams = {"stderr": theirs, "stdout": file} if people else {"stdout": theirs, "stderr": file}
        color = {"TERM": "xterm-256color", "NO_COLOR": ""}
        with running("judge", READY, "--json", "/dev/stdout", environment=color, **streams):
            os.close(theirs)
            shown = b""
            while part := _read(ours):
                shown += part
    os.close(ours)
    assert (b"\x1b[" in shown) is people
    assert b"\x1b[" not in (tmp_path / "other").read_bytes()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # its other end was closed
        return b""


@pytest.mark.parametrize(("streams", "code"), [("> /dev/full", 4), (">&-", 4)])
def test_standard_output_is_a_file_where_it_is_named_as_one(tmp_path, streams, code):
    done = through(streams, "judge", READY, *options(tmp_path, json="/dev/stdout"))
    assert done.returncode == code
    assert "/dev/stdout is not written: " in done.stderr
    whole(tmp_path, "r.html", "r.xml")


# ---- files


@pytest.mark.parametrize(
    ("record", "full", "code"),
    [(READY, "html", 4), (READY, "junit", 4), (READY, "json", 4), (BROKEN, "html", 1), (None, "html", 3)],
)
def test_a_full_report_costs_itself_alone(tmp_path, unread, full, record, code):
    done = finished("judge", record or unread, *options(tmp_path, **{full: "/dev/full"}))
    assert done.returncode == code
    assert done.stderr == "/dev/full is not written: No space left on device\n"
    assert f"exit {code} (" in done.stdout.splitlines()[-1]
    assert "/dev/full" not in done.stdout.splitlines()[-1]
    whole(tmp_path, *(name for option, name in NAMES.items() if option != full))


def test_what_does_not_fit_leaves_last_weeks_report_and_says_so(tmp_path):
    (tmp_path / "r.html").write_text("last week's }", encoding="utf-8")
    done = finished("judge", READY, *options(tmp_path), before=(*HEARING, "prlimit", f"--fsize={LESS_THAN_HTML}"))
    assert done.returncode == 4
    assert done.stderr == f"{tmp_path}/r.html is not written: File too large; what stands there is NOT of this run\n"
    assert (tmp_path / "r.html").read_text(encoding="utf-8") == "last week's }"
    whole(tmp_path, "r.json", "r.xml")


def test_a_full_disk_keeps_nothing_half_written(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    room = ["unshare", "--mount", "sh", "-c"]
    if subprocess.run([*room, f"mount -t tmpfs tmpfs {disk}"], capture_output=True, check=False).returncode:
        pytest.skip("no disk of its own can be mounted here")
    run = shlex.join(command("judge", READY, *options(tmp_path, html=disk / "r.html")))
    script = f"mount -t tmpfs -o size=64k tmpfs {disk}; {run}; echo $?; ls -A {disk} | wc -l"
    done = subprocess.run(
        [*HEARING, *room, script], env=surroundings(), capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.splitlines()[-2:] == ["4", "0"], done.stdout + done.stderr
    assert done.stderr == f"{disk}/r.html is not written: No space left on device\n"
    whole(tmp_path, "r.json", "r.xml")


def test_a_record_that_cannot_be_kept_costs_no_report(tmp_path, hosts):
    done = finished("scan", hosts, *options(tmp_path), "--save", "/dev/full", environment=SECRETS)
    assert done.returncode == 3
    assert done.stderr.endswith("/dev/full is not written: No space left on device\n")
    whole(tmp_path)


def test_collect_without_its_record_says_that_nothing_is_kept(hosts):
    done = finished("collect", hosts, "--save", "/dev/full", environment=SECRETS)
    assert done.returncode == 3
    assert done.stdout.endswith("; nothing of this run is kept\n")
    assert "/dev/full is not written: No space left on device" in done.stderr


def test_an_endpoint_that_is_half_written_did_not_end_well(tmp_path, hosts):
    out = tmp_path / "jea"
    done = finished("jea", hosts, "--out", out, before=(*HEARING, "prlimit", "--fsize=2000"))
    assert done.returncode == 4
    assert "is not written: File too large" in done.stderr
    assert "not complete" in done.stderr
    assert not list(out.rglob(".hv-preflight*"))


def test_a_pipe_that_nobody_reads_holds_nothing_up(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    done = finished("judge", READY, *options(tmp_path, html=tmp_path / "pipe"))
    assert done.returncode == 4
    assert done.stderr == f"{tmp_path}/pipe is not written: nobody reads it\n"
    whole(tmp_path, "r.json", "r.xml")


def test_a_pipe_that_is_read_gets_all(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append((tmp_path / "pipe").read_bytes()), daemon=True)
    reader.start()
    done = finished("judge", READY, "--json", tmp_path / "pipe")
    reader.join(30)
    assert done.returncode == 0, done.stderr
    assert json.loads(got[0])["verdict"] == "ready"


RAISES = """
from scanner.api import Reporter, hookimpl
def fails(*_):
    raise {error}
@hookimpl
def scanner_reporters():
    return [Reporter(name="fails", suffix=".x", render=lambda report: {gives})]
"""


@pytest.mark.parametrize("gives", ["fails()", "None", "3"])
def test_a_format_that_fails_costs_its_file_alone(tmp_path, capsys, gives):
    (tmp_path / "p.py").write_text(RAISES.format(error="MemoryError", gives=gives), encoding="utf-8")
    more = ["--plugin", tmp_path / "p.py", "--report", f"fails={tmp_path / 'x'}", *options(tmp_path)]
    assert cli.run(["judge", str(READY), *map(str, more)]) == 4
    told = capsys.readouterr()
    assert told.err.endswith(f"{tmp_path}/x is not written: report format fails failed, as told above\n")
    assert "exit 4 (ready, but not all that was asked for is written)" in told.out
    assert not (tmp_path / "x").exists()
    whole(tmp_path)


UNSAVABLE = """
'''Why.

What passes.'''
from dataclasses import dataclass
from datetime import UTC, datetime
from scanner.facts.directory import DirectoryFact
from scanner.api import (Collector, Fact, Severity, Who, check, hookimpl, passed, scopes)
@dataclass(frozen=True)
class Odd(DirectoryFact):
    value: object = None
def collect(task, access):
    task.evidence.put(Odd, task.target, [Odd(object())], at=datetime.now(UTC))
@check(id="XX-01", title="t", severity=Severity.LOW, who=Who.HOST,
       scope=scopes.HOST, seed="s", needs=(Odd,), remedy="r")
def odd(subject, view):
    return passed("read")
@hookimpl
def scanner_checks():
    return [odd]
@hookimpl
def scanner_collectors():
    return [Collector(name="odd", kinds=frozenset({"domain"}), provides=lambda fact: fact is Odd, collect=collect)]
"""


def test_a_record_that_cannot_be_made_costs_no_report(tmp_path, hosts, monkeypatch, capsys):
    monkeypatch.setenv("HV_GUARDS", SECRETS["HV_GUARDS"])
    (tmp_path / "p.py").write_text(UNSAVABLE, encoding="utf-8")
    more = ["--plugin", tmp_path / "p.py", "--save", tmp_path / "r.hvp", *options(tmp_path)]
    assert cli.run(["scan", str(hosts), *map(str, more)]) == 3
    assert f"{tmp_path}/r.hvp is not written: the record failed" in capsys.readouterr().err
    whole(tmp_path)
    assert not (tmp_path / "r.hvp").exists()


# ---- threads


@pytest.mark.parametrize("room", [[f"--stack={1 << 46}"], [f"--stack={1 << 33}", f"--as={12 << 30}"]])
def test_where_threads_are_scarce_the_run_goes_on(tmp_path, hosts, room):
    """Stacks so large that the machine has room for no other thread, or for one."""
    limits = (*HEARING, "prlimit", *room)
    program = "import threading; threading.Thread(target=print).start()"
    can = not subprocess.run([*limits, sys.executable, "-c", program], capture_output=True, check=False).returncode
    assert can == (len(room) == 2), "the limit does not do what this test needs"
    done = finished("scan", hosts, *options(tmp_path), before=limits, environment=SECRETS)
    assert done.returncode == 3, done.stderr
    whole(tmp_path)
    found = json.loads((tmp_path / "r.json").read_bytes())
    short = {gap["target"] for gap in found["gaps"] if NO_THREAD in gap["detail"]}
    assert bool(short) != can
    assert can or {"hv01.corp.example", "hv02.corp.example"} <= short
