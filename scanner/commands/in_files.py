"""A report that is too large for one file: it goes on in files beside it, among which none of an earlier run stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

from scanner.commands.console import UsageError
from scanner.commands.handles import is_open, is_standard_output
from scanner.words.inert import inert

Put = Callable[[Path, str, Callable[[], str | bytes]], bool]
"""Writes what is made under a name, and says whether that is done."""
MEGABYTE = 1_000_000
MARK = re.compile(rb'<!-- hv-preflight, part |\A\{\n "schema": \d+,(?:\n ".*,)*\n "part": (?!1,)')
"""Stands at the beginning of every file of ours but the first: of JUnit, or of JSON."""
BEGINNING = 200


def limit(megabytes: int) -> int:
    """Octets of the limit that a person named.

    Raises:
        UsageError: it is none.
    """
    if megabytes < 1:
        raise UsageError(f'--junit-limit "{megabytes}": write megabytes, 1 or more, as in --junit-limit 30')
    return megabytes * MEGABYTE


def numbered(path: Path, number: int) -> Path:
    """``report.xml``, ``report.part2.xml``."""
    return path if number == 1 else path.with_name(f"{path.stem}.part{number}{path.suffix}")


def splits(path: Path) -> bool:
    """Whether there can be files beside it: there are none beside a stream."""
    return not (is_open(path) or is_standard_output(path) or (path.exists() and not path.is_file()))


def put_all(path: Path, what: str, begin: Callable[[], Iterator[tuple[str, bool]]], put: Put) -> None:
    """Write all of them; what an earlier run left under the numbers that come after goes."""
    texts: Iterator[tuple[str, bool]] | None = None
    more = True

    def make() -> str:
        nonlocal texts, more
        texts = begin() if texts is None else texts
        text, more = next(texts)
        return inert(text)

    for number in count(1):
        if not put(numbered(path, number), what, make):
            return
        if not more:
            _tidy(path, number + 1)
            return


def _tidy(path: Path, number: int) -> None:
    """Remove what is left of an earlier run: a dashboard would read it as of this one."""
    with suppress(OSError):
        while (old := numbered(path, number)).is_file() and not old.is_symlink():
            with old.open("rb") as file:
                if not MARK.search(file.read(BEGINNING)):
                    return
            old.unlink()
            number += 1


def harmless(made: str | bytes) -> str | bytes:
    """What no runner of a job takes a command from; octets are printed into no log."""
    return inert(made) if isinstance(made, str) else made
