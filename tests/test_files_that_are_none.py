"""Files that are none: a pipe nobody writes to, a device, a folder; told in one message, with exit 2, and in time."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from scanner import cli, files, record
from scanner.estate import document
from scanner.files import read_file

ROOT = Path(__file__).parents[1]
GOOD = '[[host]]\nname = "a.x"\n[[host]]\nname = "b.x"\n[[route]]\nfrom = "a.x"\nto = "b.x"\n'


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "PATIENCE", 0.3)


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What the command says when it is called wrongly."""
    assert cli.run(list(arguments)) == 2
    told = capsys.readouterr().err
    assert "Traceback" not in told
    return told


@pytest.mark.parametrize("command", [("estate",), ("judge",), ("why", "host", "a", "--to", "b", "--record")])
def test_what_is_no_file(capsys: pytest.CaptureFixture[str], tmp_path: Path, command: tuple[str, ...]) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "nobody wrote to this pipe" in answer(capsys, *command, str(tmp_path / "pipe"))
    assert "it is neither a file nor a pipe" in answer(capsys, *command, "/dev/zero")
    assert "it is a folder" in answer(capsys, *command, str(tmp_path))


def test_what_is_too_large(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of holes: 5 GB that take no room, of which no more is read than fits."""
    (tmp_path / "large").touch()
    os.truncate(tmp_path / "large", 5 << 30)
    monkeypatch.setattr(record, "SIZE_LIMIT", 8 << 20)
    assert "it is larger than 8 MiB" in answer(capsys, "judge", str(tmp_path / "large"))
    told = answer(capsys, "estate", str(tmp_path / "large"))
    assert f"is larger than {document.SIZE_LIMIT >> 20} MiB: is it an estate file?" in told


def test_a_pipe_that_somebody_writes_to(tmp_path: Path) -> None:
    pipe, data = tmp_path / "pipe", bytes(range(256)) * 4096
    os.mkfifo(pipe)
    writing = threading.Thread(target=pipe.write_bytes, args=(data,))
    writing.start()
    assert read_file(pipe, 8 << 20) == data
    writing.join()


def test_an_estate_out_of_a_program() -> None:
    program = [sys.executable, "-P", "-m", "scanner", "estate", "/dev/stdin"]
    here = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(program, input=GOOD, capture_output=True, text=True, env=here, timeout=60, check=False)
    assert (done.returncode, "route      a.x → b.x" in done.stdout) == (0, True), done.stderr
