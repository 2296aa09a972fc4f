"""What an estate is called in reports: what its file says, else what the file is called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from scanner.estate.file import EstateFile
from scanner.estate.mistakes import Mistake
from scanner.words.wording import counted, show

LONGEST = 100
"""Characters of a name: it stands in a line of every report."""
NOTHING = ("", "-", "estate")
"""Names of files that tell nothing: standard input, and what ``init`` writes by its own advice."""


def name_of(file: EstateFile, path: Path) -> str:
    """Its name; without one the file's, where that tells anything."""
    return file.name or ("" if path.stem in NOTHING or not _fits(path.stem) else path.stem)


def of_domains(domains: Iterable[str]) -> str:
    """The name of an estate that was found in these domains; nothing where theirs are too long together."""
    name = ", ".join(domains)
    return name if _fits(name) else ""


def mistakes_of_name(document: Mapping[str, Any]) -> Iterator[Mistake]:
    """What is wrong with the name that stands there."""
    name = document.get("name")
    if not isinstance(name, str) or _fits(name):
        return
    if not name.strip():
        why = 'holds no word; write name = "Berlin to Munich", or leave the key out'
    elif len(name) > LONGEST:
        why = f"has {counted(len(name), 'character')}; a line of a report has room for {LONGEST}"
    else:
        why = "holds control characters, or blanks at an end; write it as one plain line"
    yield Mistake("name", f"{show(name)} {why}")


def _fits(name: str) -> bool:
    return 0 < len(name) <= LONGEST and name.isprintable() and name == name.strip()
