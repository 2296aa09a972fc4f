"""What a person sees on a terminal of 24 lines of 80 when a run has ended, its prompt included."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.processes import ROOT, command

if os.name == "nt":
    pytest.skip("Windows has no pseudo-terminal of this kind", allow_module_level=True)

import fcntl
import struct
import termios

ROWS, COLUMNS = 24, 80
GOOD = ROOT / "tests/data/good.hvp"
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def screen(folder: Path, *arguments: object) -> list[str]:
    """The rows that a run leaves on a terminal, as wide as that is."""
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    known = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES", "NO_COLOR"}}
    environment = {**known, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color"}
    with subprocess.Popen(command(*arguments), env=environment, cwd=folder, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        said = b""
        while chunk := _read(ours):
            said += chunk
        process.wait(60)
    os.close(ours)
    lines = COLOUR.sub("", said.decode()).splitlines()
    return [row for line in lines for row in re.findall(f".{{1,{COLUMNS}}}", line) or [""]]


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # its other end was closed
        return b""


@pytest.mark.parametrize("run", [("demo",), ("judge", GOOD)])
@pytest.mark.parametrize("files", [(), ("--html", "r.html"), ("--html", "r.html", "--junit", "j.xml")])
def test_what_has_to_be_known_is_still_on_the_screen(tmp_path: Path, run: tuple[object, ...], files: tuple[str, ...]):
    short = screen(tmp_path, *run, *files, "--summary")
    assert len(short) + 1 <= ROWS, "the prompt is a row, too"
    assert short[0].startswith("Practice, ")
    assert short[1].startswith("live migration    ")
    assert short[-1].startswith("".join(f"{name}  " for name in files[1::2]) + "exit ")
    whole = screen(tmp_path, *run, *files)
    assert [row for row in whole if "READY" in row]
    page = (tmp_path / "r.html").as_uri()
    shown = re.sub(r"\s", "", "".join(short[-4:-1]))
    assert (page in shown) == bool(files)
    assert whole[-len(short) + 3 :] == short[3:] or "without --summary" in "".join(short)


def test_a_program_that_reads_is_given_no_address(tmp_path: Path):
    done = subprocess.run(
        command("demo", "--html", tmp_path / "r.html"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert "file://" not in done.stdout + done.stderr


def test_quiet_leaves_one_line(tmp_path: Path):
    assert len(screen(tmp_path, "demo", "--quiet", "--html", "r.html")) == 1


def test_how_much_is_told_is_said_once(tmp_path: Path):
    told = " ".join(screen(tmp_path, "demo", "--quiet", "--summary"))
    assert "--quiet and --summary are both given; choose one" in told
