"""Reads a file that a person names: no more of it than fits, and without waiting for ever.

A pipe is read, since an estate may come out of a program (``scan <(envsubst < estate.toml)``, ``/dev/stdin``); one that
nobody writes to is given up. What is neither a file nor a pipe (a folder, a terminal, ``/dev/zero``) is refused.
"""

from __future__ import annotations

import errno
import os
import selectors
import stat
from pathlib import Path

PATIENCE = 30.0
"""seconds a pipe may be silent"""
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
        mode = os.fstat(handle).st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISFIFO(mode):
            raise OSError(errno.EINVAL, "it is a folder" if stat.S_ISDIR(mode) else "it is neither a file nor a pipe")
        data = _all(handle, limit + 1, waits=stat.S_ISFIFO(mode))
    finally:
        os.close(handle)
    if len(data) > limit:
        raise OSError(errno.EFBIG, f"it is larger than {limit >> 20} MiB")
    return data


def _all(handle: int, most: int, *, waits: bool) -> bytes:
    parts: list[bytes] = []
    with selectors.DefaultSelector() as pipe:
        if waits:
            pipe.register(handle, selectors.EVENT_READ)
        while most > 0:
            if waits and not pipe.select(PATIENCE):
                raise TimeoutError(errno.ETIMEDOUT, f"nobody wrote to this pipe for {PATIENCE:.0f} s")
            try:
                part = os.read(handle, min(most, STEP))
            except BlockingIOError:  # another reader was faster
                continue
            if not part:
                break
            parts.append(part)
            most -= len(part)
    return b"".join(parts)
