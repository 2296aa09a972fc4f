"""Processes that tests start: signals reach them as they reach a user's, and none of them outlives its test."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
HEARING = ("env", "--default-signal=INT,TERM,HUP")
"""What the parent of the tests ignores (`nohup`: SIGHUP, a shell's `&`: SIGINT) its children would ignore, too."""
LONG = 60


@contextmanager
def started(command: Sequence[str], **options: Any) -> Iterator[subprocess.Popen[str]]:
    """The command with its pid, killed together with all it has started when the block is left, however that is.

    SIGINT, SIGTERM and SIGHUP have their default effect in it. `options` are Popen's.
    """
    with subprocess.Popen([*HEARING, *command], start_new_session=True, text=True, **options) as process:
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def command(*arguments: object) -> list[str]:
    """The command line, with these arguments."""
    return [sys.executable, "-m", "scanner", *map(str, arguments)]


def finished(
    *arguments: object, before: Sequence[str] = HEARING, environment: dict[str, str] | None = None, **how: Any
) -> subprocess.CompletedProcess[str]:
    """What a run of the command line that ends by itself says; ``before`` is what starts it."""
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | how
    return subprocess.run(
        [*before, *command(*arguments)], env=surroundings(environment), text=True, timeout=LONG, check=False, **streams
    )


@contextmanager
def running(
    *arguments: object, before: Sequence[str] = HEARING, environment: dict[str, str] | None = None, **how: Any
) -> Iterator[subprocess.Popen[str]]:
    """A run of the command line that the test talks to; it is gone afterwards, whatever happens."""
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | how
    process = subprocess.Popen([*before, *command(*arguments)], env=surroundings(environment), text=True, **streams)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def surroundings(more: dict[str, str] | None = None) -> dict[str, str]:
    """The environment of a child."""
    return os.environ | {"PYTHONPATH": str(ROOT)} | (more or {})


def typed(arguments: Sequence[str], question: str, answer: str | bytes) -> tuple[int, str, str, str]:
    """A program whose standard input is a terminal, where the answer is typed once its standard error asks.

    Gives its exit code, what it printed, what it told, and what the terminal itself showed.
    """
    ours, theirs = os.openpty()
    streams = {"stdin": theirs, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(arguments, env=surroundings(), text=True, start_new_session=True, **streams) as process:
        try:
            os.close(theirs)
            told = ""
            while question not in told and (part := os.read(process.stderr.fileno(), 4096)):
                told += part.decode()
            os.write(ours, (answer.encode() if isinstance(answer, str) else answer) + b"\n")
            said, rest = process.communicate(timeout=LONG)
            shown = b""
            with suppress(OSError):  # its other end was closed
                while more := os.read(ours, 4096):
                    shown += more
        finally:
            process.kill()
            os.close(ours)
    return process.returncode, said, told + rest, shown.decode()
