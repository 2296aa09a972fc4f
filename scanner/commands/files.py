"""How a file of ours is written: at once or not at all, for its owner alone, and over nothing that is read.

A file that is there keeps owner, group, mode and attributes: a new one with all of them takes its place. Where this
account cannot give them to a new one, the old one is written into.
"""

from __future__ import annotations

import errno
import os
import select
import stat
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from scanner.commands import on_windows
from scanner.commands.console import UsageError
from scanner.commands.handles import is_open, number
from scanner.commands.keeping import like
from scanner.estate.owners import destination
from scanner.words.system import WINDOWS
from scanner.words.telling import tell
from scanner.words.wording import reason

NEW = 0o600
"""Mode of a new file, whatever the umask: what we write tells how a network is built."""
TEMPORARY = ".hv-preflight-"
"""How the name of an unfinished file begins: short, for beside it a report's own name may be as long as a name can."""
PATIENCE = 60.0
"""Seconds in which a reader of a pipe takes nothing before it is given up."""


class NotWritten(Exception):  # noqa: N818 - what became of a file, said to the reader
    """A file could not be written; the text names it, says why, and what is there instead."""


def write(path: Path, content: str | bytes, mode: int | None = None) -> None:
    """Write a file; readers see the old one or the whole new one.

    What is no ordinary file (``/dev/stdout``, a pipe) is written to and never replaced; nor is a link. The content is
    as it shall be: secrets were taken out of its values before, since a search here would take a weak password for a
    word of the format.

    Args:
        path: where.
        content: text becomes UTF-8.
        mode: the file's mode, new or not; without it a new file is its owner's alone.

    Raises:
        NotWritten: it cannot be written there.
    """
    data = content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content
    try:
        place = destination(path)
        old = _stat(place)
        if is_open(path):
            _pour(os.dup(number(path)), data)
        elif old is not None and not stat.S_ISREG(old.st_mode):
            _pour(os.open(place, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)), data)
        elif not _replaced(place, data, old, mode):
            _rewrite(place, data, mode)
    except (OSError, ValueError) as error:
        raise NotWritten(_not_written(path, _why(error))) from None


def _why(error: OSError | ValueError) -> str:
    if isinstance(error, OSError) and error.errno == errno.ENXIO:
        return tell("nobody reads it")
    return reason(error)


def _not_written(path: Path, why: str) -> str:
    told = tell("{path} is not written: {why}", path=path, why=why)
    with suppress(OSError, ValueError):
        if path.is_file() and not is_open(path):
            return tell("{told}; what stands there is NOT of this run", told=told)
    return told


def _stat(place: Path) -> os.stat_result | None:
    try:
        return place.stat()
    except FileNotFoundError:
        return None


def _pour(handle: int, data: bytes) -> None:
    """Write into what may not take it all at once, and close it."""
    try:
        rest = memoryview(data)
        while rest:
            try:
                rest = rest[os.write(handle, rest) :]
            except BlockingIOError:
                if not select.select([], [handle], [], PATIENCE)[1]:
                    raise OSError(errno.ETIMEDOUT, f"nobody read on for {PATIENCE:g} seconds") from None
    finally:
        os.close(handle)


def _replaced(place: Path, data: bytes, old: os.stat_result | None, mode: int | None) -> bool:
    """Put a new file there; false, and the old one as it was, if the new one cannot belong to whom the old one does."""
    handle, name = tempfile.mkstemp(prefix=TEMPORARY, dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            if old is not None and not like(handle, place, old):
                return False
            if mode is not None and not WINDOWS:
                os.fchmod(handle, mode)
            os.fsync(handle)  # what a full disk or a file server says late, it says now
        on_windows.replace(Path(name), place)
        return True
    finally:
        with suppress(FileNotFoundError):
            Path(name).unlink()


def _rewrite(place: Path, data: bytes, mode: int | None) -> None:
    """Write into the old file: it stays whose it is, but a reader in this moment sees half of it."""
    with place.open("r+b") as file:
        if mode is not None and not WINDOWS:
            os.fchmod(file.fileno(), mode)
        file.write(data)
        file.truncate()
        file.flush()
        os.fsync(file.fileno())


def writable(paths: Iterable[Path], reads: Iterable[Path] = ()) -> None:
    """Make sure, before a long run, that its reports can be written at its end, and over nothing that it reads.

    Raises:
        UsageError: one cannot.
    """
    seen: set[str] = set()
    read = {os.path.normcase(os.path.realpath(path)) for path in reads}
    for path in paths:
        try:
            if WINDOWS and not is_open(path) and (why := on_windows.no_name(path)):
                raise UsageError(tell("{path} cannot be written: {why}", path=path, why=why))
            place = os.path.normcase(destination(path))  # Windows takes names in any case for one
            if place in read:
                raise UsageError(tell("{path} is what is read; name another file to write", path=path))
            special = _tried(path, Path(place))
        except (OSError, ValueError) as error:
            raise UsageError(tell("{path} cannot be written: {why}", path=path, why=_why(error))) from None
        if place in seen and not special:
            raise UsageError(tell("{path} is named twice; every report needs a file of its own", path=path))
        seen.add(place)


def _tried(path: Path, place: Path) -> bool:
    """Try to write beside it; says whether it is something else than an ordinary file, which is not tried."""
    if is_open(path):
        os.fstat(number(path))
        return True
    old = _stat(place)
    if old is None or stat.S_ISREG(old.st_mode):
        if not place.parent.is_dir():
            raise UsageError(
                tell("{path} cannot be written: there is no folder {parent}", path=path, parent=place.parent)
            )
        with tempfile.NamedTemporaryFile(prefix=TEMPORARY, dir=place.parent):
            pass
    if old is not None and stat.S_ISDIR(old.st_mode):
        raise UsageError(tell("{path} is a folder; name a file", path=path))
    if old is not None and (stat.S_ISBLK(old.st_mode) or stat.S_ISSOCK(old.st_mode)):
        raise UsageError(tell("{path} is a disk or a socket; name a file", path=path))
    if old is not None and not _ours(old) and not os.access(place, os.W_OK):
        raise PermissionError(errno.EACCES, "no right to write to it")
    return old is not None and not stat.S_ISREG(old.st_mode)


def _ours(old: os.stat_result) -> bool:
    """Whether it is a file that its owner, who is no administrator, may replace whatever its mode."""
    return stat.S_ISREG(old.st_mode) and not WINDOWS and os.geteuid() == old.st_uid != 0
