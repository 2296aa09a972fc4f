"""Opens a history: whose it may be, one form for all, and the transactions that are read or written in.

SQLite writes one transaction at a time: whoever writes begins so, and others wait. On PostgreSQL all that write wait
for one lock. So numbers are ours to give, and nothing is half there, whatever ends the program.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec
from sqlalchemy import Connection, Engine, exc

from scanner.estate.owners import changeable
from scanner.estate.secret import redact
from scanner.history.engines import postgresql, reader, sqlite, writer
from scanner.history.place import Place
from scanner.history.upgrading import FormError, shape
from scanner.words.wording import foreign, reason

BESIDE = ("", "-journal", "-wal", "-shm")
"""What SQLite takes for parts of a database, behind its name."""
LONG = 400
"""Characters of what a database says."""
LOCKED = "database is locked"

Link = Connection
"""An open transaction."""


class HistoryError(Exception):
    """The history cannot be used; the text names it and says why."""


class NoHistory(HistoryError):  # noqa: N818 - what became of it, said to the reader
    """There is none yet."""


@contextmanager
def reading(place: Place) -> Generator[Link]:
    """A transaction that sees one state of the history, and changes nothing of what is kept.

    Raises:
        NoHistory: nobody made one.
        HistoryError: it cannot be used.
    """
    with _told(place):
        engine = _engine(place, make=False)
        shape(engine)
        with reader(engine) as link:
            yield link


@contextmanager
def writing(place: Place) -> Generator[Link]:
    """A transaction that is kept as a whole, or not at all; made where there is none yet.

    Raises:
        HistoryError: it cannot be used.
    """
    with _told(place):
        engine = _engine(place, make=True)
        shape(engine)
        with writer(engine) as link:
            yield link


@contextmanager
def _told(place: Place) -> Generator[None]:
    try:
        yield
    except exc.SQLAlchemyError as error:
        raise HistoryError(f"the history {place} cannot be used: {_why(error)}") from None
    except FormError as error:
        raise HistoryError(f"the history {place} cannot be used: {error}") from None
    except (ValueError, TypeError, AssertionError, RecursionError, msgspec.MsgspecError):  # nothing that we write
        raise HistoryError(f"the history {place} cannot be used: it is damaged") from None
    except OSError as error:
        raise HistoryError(f"the history {place} cannot be used: {reason(error)}") from None


def _why(error: exc.SQLAlchemyError) -> str:
    """What the database says, and not what it was asked: that holds what was found."""
    cause = error.orig if isinstance(error, exc.DBAPIError) else error
    if str(cause) == LOCKED:
        return "another program has held it all the time"
    return foreign(redact(" ".join(str(cause).split())), LONG).rstrip(".") or type(cause).__name__


def _engine(place: Place, *, make: bool) -> Engine:
    if place.file:
        _own(place, place.file, make=make)
        return sqlite(str(place.file))
    return postgresql(place.url)


def _own(place: Place, file: Path, *, make: bool) -> None:
    """Make sure that the file is one that nobody else may change, a new one its owner's alone.

    Whoever may write it could have failures pass for known.
    """
    try:
        plain = stat.S_ISREG(file.stat().st_mode)
    except FileNotFoundError:
        if not make:
            raise NoHistory(f"there is no history {place} yet: audit makes it") from None
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        plain = True
    for end in BESIDE:
        if others := changeable(file.with_name(file.name + end)):
            raise HistoryError(f"the history {place} is not taken, since others may change it: {others}")
    if not plain:
        raise HistoryError(f"the history {place} is no file; name one")
    with suppress(
        FileExistsError
    ):  # one that is there is not opened: to close it would end the locks of our own threads
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
