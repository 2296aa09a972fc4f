"""Files that are none: a pipe nobody writes to, a device, a folder; told in one message, with exit 2, and in time."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from scanner import cli
from scanner.estate import document
from scanner.files import reading
from scanner.files.reading import read_file
from scanner.record import record

ROOT = Path(__file__).parents[1]
GOOD = '[[host]]\nname = "a.x"\n[[host]]\nname = "b.x"\n[[route]]\nfrom = "a.x"\nto = "b.x"\n'


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PATIENCE", 0.3)


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
    """Files of holes: 5 GB that take no room, of which nothing is read."""
    (tmp_path / "large").touch()
    os.truncate(tmp_path / "large", 5 << 30)
    monkeypatch.setattr(record, "SIZE_LIMIT", 8 << 20)
    monkeypatch.setattr(reading, "_all", lambda *_, **__: pytest.fail("it is read"))
    assert "it is larger than 8 MiB" in answer(capsys, "judge", str(tmp_path / "large"))
    assert "it is larger than 8 MiB" in answer(
        capsys, "why", "host", "a", "--to", "b", "--record", str(tmp_path / "large")
    )
    told = answer(capsys, "estate", str(tmp_path / "large"))
    assert f"is larger than {document.SIZE_LIMIT >> 20} MiB: is it an estate file?" in told


def test_a_pipe_that_somebody_writes_to(tmp_path: Path) -> None:
    pipe, data = tmp_path / "pipe", bytes(range(256)) * 4096
    os.mkfifo(pipe)
    writing = threading.Thread(target=pipe.write_bytes, args=(data,))
    writing.start()
    assert read_file(pipe, 8 << 20) == data
    writing.join()


def test_a_pipe_of_which_there_is_always_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PATIENCE", 30.0)
    monkeypatch.setattr(reading, "IN_ALL", 0.5)
    pipe, enough = tmp_path / "pipe", threading.Event()
    os.mkfifo(pipe)

    def drip() -> None:
        with pipe.open("wb", buffering=0) as end, suppress(BrokenPipeError):
            for _ in range(1000):
                end.write(b"#")
                if enough.wait(0.02):
                    return

    writing = threading.Thread(target=drip)
    writing.start()
    try:
        with pytest.raises(TimeoutError, match="is not at its end after"):
            read_file(pipe, 8 << 20)
    finally:
        enough.set()
        writing.join()


def test_one_that_holds_more_than_it_says_is_read_to_the_bound() -> None:
    """As all of /proc, which say that they are empty."""
    path = Path("/proc/self/status")
    assert path.stat().st_size == 0
    assert b"Pid:" in read_file(path, 1 << 20)
    with pytest.raises(OSError, match="it is larger than"):
        read_file(path, 10)


def test_a_file_of_the_endpoint_that_is_another_is_not_read(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "estate.toml").write_text(GOOD, encoding="utf-8")
    program = ["jea", str(tmp_path / "estate.toml"), "--out", str(tmp_path / "out")]
    assert cli.run(program) == 0
    path = next(path for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert cli.run(program) == 0
    os.truncate(path, 5 << 30)
    assert f"{path} is there and says something else" in answer(capsys, *program)
    path.unlink()
    os.mkfifo(path)
    assert f"{path} is there and says something else" in answer(capsys, *program)


def test_an_estate_out_of_a_program() -> None:
    program = [sys.executable, "-P", "-m", "scanner", "estate", "/dev/stdin"]
    here = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(program, input=GOOD, capture_output=True, text=True, env=here, timeout=60, check=False)
    assert (done.returncode, "route      a.x → b.x" in done.stdout) == (0, True), done.stderr
