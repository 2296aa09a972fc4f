"""Where a history lies: a file of SQLite, or a database of PostgreSQL. No password stands in either's name."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from scanner.estate.secret import remember
from scanner.words.wording import show

POSTGRESQL = ("postgresql+psycopg", "postgresql", "postgres")
FILE = "history.db"
NEEDS = "postgresql+psycopg:// needs the extra: pip install 'hv-preflight[postgresql]'"
INSTEAD = (
    "leave it out of the address: PostgreSQL takes it from ~/.pgpass, the file that PGPASSFILE names, or PGPASSWORD"
)
KNOWN = "write a file, or postgresql+psycopg://USER@HOST/DATABASE"
SECRET = ("password", "sslpassword")


class PlaceError(Exception):
    """No history can lie there; the text says what would be right."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a history lies; one of both is set."""

    file: Path | None = None
    url: str = ""
    """of a PostgreSQL database; without a password"""

    def __str__(self) -> str:
        """As it is told to people."""
        return str(self.file) if self.file else self.url


def default() -> Place:
    """Where it lies if nobody says otherwise: among what the account's programs keep on this machine."""
    from platformdirs import user_state_path

    return Place(file=user_state_path("hv-preflight", appauthor=False) / FILE)


def place_of(text: str | None) -> Place:
    """The place that a person named.

    Raises:
        PlaceError: it cannot be one.
    """
    if not text:
        return default()
    scheme, colon, rest = text.partition("://")
    if not colon:
        return Place(file=Path.cwd() / text)
    if scheme == "sqlite" and rest.startswith("/"):  # sqlite:///relative, sqlite:////absolute
        return Place(file=Path.cwd() / unquote(rest[1:]))
    if scheme not in POSTGRESQL:
        raise PlaceError(f"--history: {show(scheme)} is no kind of database that is known here; {KNOWN}")
    _without_password(text)
    _library()
    if word := os.environ.get("PGPASSWORD"):
        remember(word)
    return Place(url=f"{POSTGRESQL[0]}://{rest}")


def _without_password(text: str) -> None:
    try:
        parts = urlsplit(text)
        found = [parts.password, *(word for key, word in parse_qsl(parts.query) if key.lower() in SECRET)]
        _ = parts.port
    except ValueError:
        raise PlaceError(f"--history: it is no address of a database; {KNOWN}") from None
    for word in filter(None, found):
        remember(word)
        remember(unquote(word))
    if any(word is not None for word in found):
        raise PlaceError(f"--history: a password stands in it, where others may see it; {INSTEAD}")


def _library() -> None:
    try:
        import psycopg
    except ImportError:
        raise PlaceError(f"--history: {NEEDS}") from None
    del psycopg
