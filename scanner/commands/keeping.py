"""What of a file stays when a new one takes its place: nobody may read or write it who might not before.

A new file has what its folder hands down to new ones, which is for new ones.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path

from scanner.estate.owners import ACCESS_LIST


def like(handle: int, place: Path, old: os.stat_result) -> bool:
    """Give a new file owner, group, access list and mode of the old one, and its other attributes as far as it goes."""
    if not hasattr(os, "fchown"):
        return True
    new = os.fstat(handle)
    if (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid):
        try:
            os.fchown(handle, old.st_uid, old.st_gid)
        except OSError:
            return False
    if hasattr(os, "listxattr"):
        if not _same_access_list(handle, place):
            return False
        for name in _attributes(place):
            with suppress(OSError):
                os.setxattr(handle, name, os.getxattr(place, name))
    os.fchmod(handle, stat.S_IMODE(old.st_mode))
    return True


def _same_access_list(handle: int, place: Path) -> bool:
    """Give a new file the access list of the old one, or none: it has what its folder hands down to new ones.

    Before it gets the mode, which is the most that those named in a list may.
    """
    try:
        old = _access_list(place)
        if old is not None:
            os.setxattr(handle, ACCESS_LIST, old)
        elif _access_list(handle) is not None:
            os.removexattr(handle, ACCESS_LIST)
    except OSError:
        return False
    return True


def _attributes(place: Path) -> list[str]:
    try:
        return os.listxattr(place)
    except OSError:  # a file system without any
        return []


def _access_list(file: Path | int) -> bytes | None:
    """None: it has no list, or its file system has none."""
    try:
        return os.getxattr(file, ACCESS_LIST)
    except OSError as error:
        if error.errno in (errno.ENODATA, errno.ENOTSUP):
            return None
        raise
