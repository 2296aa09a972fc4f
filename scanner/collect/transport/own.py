"""Failures of this machine, which say nothing about the one it wanted to reach."""

from __future__ import annotations

import contextlib
import errno

from scanner.words.system import WINDOWS

ENOUGH = 8192
"""descriptors that the highest concurrency needs, with room"""
TEXTS = {
    errno.ENFILE: "this machine has no more file descriptors in all: close programs, or raise fs.file-max",
    errno.EADDRNOTAVAIL: "this machine has no free port or no address to connect from: lower limits.concurrency",
    errno.ENOBUFS: "this machine has no more room for connections: lower limits.concurrency",
    errno.ENOMEM: "this machine has no more memory: lower limits.concurrency",
}


def ours(error: OSError) -> str:
    """Why this machine could not go on, and what to do; empty when it is not to blame."""
    if error.errno == errno.EMFILE:
        limit = f" (ulimit -n is {_limit()})" if _limit() else ""
        return f"this machine has no more file descriptors{limit}: raise it, or lower limits.concurrency"
    return TEXTS.get(error.errno or 0, "")


def use_all_descriptors() -> None:
    """Let this process open as many files as it may: the usual limit of 1024 is a soft one."""
    if WINDOWS:
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = ENOUGH if hard == resource.RLIM_INFINITY else min(hard, ENOUGH)
    if soft != resource.RLIM_INFINITY and soft < most:
        with contextlib.suppress(OSError, ValueError):  # then the limit stays as it is
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _limit() -> int:
    """How many files may be open; 0 where the system does not tell."""
    if WINDOWS:
        return 0
    import resource

    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]
