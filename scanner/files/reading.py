"""Reads a file that a person names: no more of it than fits, and without waiting for ever.

A pipe is read, since an estate may come out of a program (``scan <(envsubst < estate.toml)``, ``/dev/stdin``); one that
nobody writes to, or that comes to no end, is given up. What is neither a file nor a pipe (a folder, a terminal,
``/dev/zero``) is refused.
"""

from __future__ import annotations

import errno
import os
import re
import selectors
import stat
import time
from pathlib import Path

from scanner.words.system import WINDOWS

PATIENCE = 30.0
"""seconds a pipe may be silent"""
IN_ALL = 600.0
"""seconds until a pipe must be at its end; a record of 300 MiB needs half a MiB a second"""
STEP = 1 << 20
STANDARD_INPUT = Path("/dev/stdin")
STREAM = re.compile(r"/dev/(?:stdin|fd/\d+)|/proc/self/fd/\d+")
TERMINAL = "it is a terminal: lead a file or a program into it, as in < FILE"
EMPTY = "it is empty: nothing was led into it"


def named(path: Path) -> Path:
    """The file that is meant: ``-`` is standard input, as it is for other programs."""
    return STANDARD_INPUT if str(path) == "-" else path


def folder_of(path: Path) -> Path:
    """The folder from which a file names others; what comes out of a stream names them from where we are called."""
    return Path.cwd() if STREAM.fullmatch(path.as_posix()) else path.parent


def read_file(path: Path, limit: int) -> bytes:
    """All of a file.

    Args:
        path: a file or a pipe.
        limit: octets it may have.

    Raises:
        OSError: it cannot be read; ``strerror`` says why, in words for people.
    """
    handle = _opened(path)
    try:
        found = os.fstat(handle)
        plain, pipe = stat.S_ISREG(found.st_mode), stat.S_ISFIFO(found.st_mode)
        if not plain and not pipe:
            raise OSError(errno.EINVAL, _other(handle, found))
        # Windows waits for sockets alone
        data = _all(handle, limit + 1, waits=pipe and not WINDOWS) if pipe or found.st_size <= limit else None
    finally:
        os.close(handle)
    if data is None or len(data) > limit:
        raise OSError(errno.EFBIG, f"it is larger than {limit >> 20} MiB")
    return data


def _other(handle: int, found: os.stat_result) -> str:
    """What it is, that is no file and no pipe."""
    if stat.S_ISDIR(found.st_mode):
        return "it is a folder"
    if os.isatty(handle):
        return TERMINAL
    return EMPTY if _is_nowhere(found) else "it is neither a file nor a pipe"


def _is_nowhere(found: os.stat_result) -> bool:
    """Whether it is the device that holds nothing; Windows gives devices no number."""
    return not WINDOWS and getattr(found, "st_rdev", None) == getattr(Path(os.devnull).stat(), "st_rdev", None)


def _opened(path: Path) -> int:
    """A handle of it; of standard input one of its own, where the system has no name for that or it is closed."""
    if path == STANDARD_INPUT and WINDOWS:
        return os.dup(0)
    if path == STANDARD_INPUT and not path.exists():
        raise OSError(errno.EBADF, "standard input is closed")
    return os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))


def _all(handle: int, most: int, *, waits: bool) -> bytes:
    data = bytearray()
    end = time.monotonic() + IN_ALL
    with selectors.DefaultSelector() as pipe:
        if waits:
            pipe.register(handle, selectors.EVENT_READ)
        while most > 0:
            if waits and not pipe.select(PATIENCE):
                raise TimeoutError(errno.ETIMEDOUT, f"nobody wrote to this pipe for {PATIENCE:.0f} s")
            if waits and time.monotonic() > end:
                raise TimeoutError(errno.ETIMEDOUT, f"this pipe is not at its end after {IN_ALL:.0f} s: use a file")
            try:
                part = os.read(handle, min(most, STEP))
            except BlockingIOError:  # another reader was faster
                continue
            if not part:
                break
            data += part
            most -= len(part)
    return bytes(data)
