"""The command line as a process of its own, that no setting of whoever runs the tests reaches, and that always ends."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
HEARING = ("env", "--default-signal=INT,TERM,HUP")
"""`nohup` and some CI runners have a signal ignored, which children inherit."""
LONG = 60


def command(*arguments: object) -> list[str]:
    """The command line, with these arguments."""
    return [sys.executable, "-m", "scanner", *map(str, arguments)]


def finished(
    *arguments: object, before: Sequence[str] = HEARING, environment: dict[str, str] | None = None, **how: Any
) -> subprocess.CompletedProcess[str]:
    """What a run that ends by itself says; ``before`` is what starts it."""
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | how
    return subprocess.run(
        [*before, *command(*arguments)], env=surroundings(environment), text=True, timeout=LONG, check=False, **streams
    )


@contextmanager
def running(
    *arguments: object, before: Sequence[str] = HEARING, environment: dict[str, str] | None = None, **how: Any
) -> Iterator[subprocess.Popen[str]]:
    """A run that the test talks to; it is gone afterwards, whatever happens."""
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
