"""Names that stand for an open file of this process, and whether a name leads to where standard output goes."""

from __future__ import annotations

import os
import re
import stat
import sys
from pathlib import Path

from scanner.words.system import WINDOWS

OPEN = re.compile(r"/dev/(?:stdout|stderr|fd/\d+)|/proc/self/fd/\d+")
NUMBERS = {"stdout": 1, "stderr": 2}
STANDARD_OUTPUT = Path("/dev/stdout")


def output(path: Path) -> Path:
    """The file that is meant: ``-`` is standard output, as it is for other programs."""
    return STANDARD_OUTPUT if str(path) == "-" else path


def is_open(path: Path) -> bool:
    """Whether the name stands for an open file: another opening of that would begin at its start again."""
    return OPEN.fullmatch(path.as_posix()) is not None


def number(path: Path) -> int:
    """The open file that such a name stands for."""
    return NUMBERS[path.name] if path.name in NUMBERS else int(path.name)


def is_standard_output(path: Path) -> bool:
    """Whether what is written there comes out where standard output does, so that one would garble the other.

    That may be a name of it, a copy of it under another number, or the file, the pipe or the terminal it was led to.
    The null device is none: nobody reads what goes there.
    """
    try:
        here = os.fstat(sys.stdout.fileno())
        if WINDOWS:  # which numbers files, and neither consoles nor pipes
            named = is_open(path) and number(path) == NUMBERS["stdout"]
            return named or (stat.S_ISREG(here.st_mode) and os.path.samestat(here, path.stat()))
        there = os.fstat(number(path)) if is_open(path) else path.stat()
        nowhere = Path(os.devnull).stat()
    except (OSError, ValueError):  # ValueError: no stream of the system's, as in a test
        return False
    if stat.S_ISCHR(here.st_mode) and here.st_rdev == nowhere.st_rdev:
        return False
    return os.path.samestat(here, there)
