"""Reads a file that a person names: no more of it than fits, and without waiting for ever.

A pipe is read, since an estate may come out of a program (``scan <(envsubst < estate.toml)``, ``/dev/stdin``); one that
nobody writes to, or that comes to no end, is given up. What is neither a file nor a pipe (a folder, a terminal,
``/dev/zero``) is refused.
"""

from __future__ import annotations

import errno
import os
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


def read_file(path: Path, limit: int) -> bytes:
    """All of a file.

    Args:
        path: a file or a pipe.
        limit: octets it may have.

    Raises:
        OSError: it cannot be read; ``strerror`` says why, in words for people.
    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        found = os.fstat(handle)
        plain, pipe = stat.S_ISREG(found.st_mode), stat.S_ISFIFO(found.st_mode)
        if not plain and not pipe:
            folder = stat.S_ISDIR(found.st_mode)
            raise OSError(errno.EINVAL, "it is a folder" if folder else "it is neither a file nor a pipe")
        data = _all(handle, limit + 1, waits=pipe) if pipe or found.st_size <= limit else None
    finally:
        os.close(handle)
    if data is None or len(data) > limit:
        raise OSError(errno.EFBIG, f"it is larger than {limit >> 20} MiB")
    return data


def _all(handle: int, most: int, *, waits: bool) -> bytes:
    data = bytearray()
    waits = waits and not WINDOWS  # which waits for sockets alone
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
