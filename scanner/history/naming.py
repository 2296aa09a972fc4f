"""The name under which an estate is kept: runs are held against those of the same name, and against no others.

An estate file has no name of its own, and two may have the same words in them: a copy for a change that is planned. So
it is the file that is meant: by its folder and name, which people know, and a digest of all that leads to it. In a
database that several machines write to, the machine is part of that.
"""

from __future__ import annotations

import hashlib
import platform
from pathlib import Path

from scanner.history.place import Place
from scanner.words.wording import foreign

LIMIT = 200
"""Characters of a name."""


def name_of(estate: Path, place: Place) -> str:
    """The name of an estate that nobody gave one: ``corp/estate-1f0c9e2a``."""
    whole = estate.resolve()
    where = f"{platform.node()}\0" if place.url else ""
    mark = hashlib.sha256(f"{where}{whole}".encode("utf-8", "surrogateescape")).hexdigest()[:8]
    return f"{foreign(f'{whole.parent.name}/{whole.stem}', LIMIT - 20)}-{mark}"


def is_name(text: str) -> bool:
    """Whether people and every database can tell it: printable, no longer than a line, and no blank around it."""
    return 0 < len(text) <= LIMIT and text.isprintable() and text == text.strip()
