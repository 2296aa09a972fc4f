"""JSON of which every entry of a list stands on a line: small, and still to be read, compared and searched by lines.

Its long lists are made as they are written, and go on under the same names in another file where one is full. What
many entries refer to stands once in each file, in a table at its end.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from scanner.api import inert_json

LIMIT = 60_000_000
"""octets of a file"""
ROOM = 50
"""A file is full when so small a part of its limit is left: the entry that fills it may be longer than another."""
Object = Mapping[str, Any]
_encode = json.JSONEncoder(ensure_ascii=True, allow_nan=False).encode


@dataclass(slots=True)
class Tables:
    """What the entries of one file refer to, each thing once, in the order in which it is first referred to."""

    places: dict[str, dict[Hashable, int]]
    lines: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    size: int = 0

    def place(self, table: str, thing: Hashable, told: Callable[[Any], object]) -> int:
        """Where in a table the thing stands."""
        known = self.places[table]
        place = known.setdefault(thing, len(known))
        lines = self.lines.setdefault(table, [])
        if place == len(lines):
            lines.append(inert_json(_encode(told(thing))))
            self.size += len(lines[-1]) + 5
        return place


@dataclass(frozen=True, slots=True)
class Listed:
    """A list that may be too long for a file."""

    name: str
    items: Iterable[Any]
    told: Callable[[Any, Tables], object]
    """an entry of it"""


class _File:
    """One file on its way."""

    def __init__(self, members: Object, lists: Sequence[str], tables: Sequence[str]) -> None:
        self.tables = Tables({name: {} for name in tables})
        self._pieces: list[str] = []
        self._size = 0
        self._waiting = list(lists)
        self._before = "{\n "
        self._end = ""
        for key, value in members.items():
            self._member(key, value)

    @property
    def size(self) -> int:
        """Octets so far; all of it is ASCII."""
        return self._size + self.tables.size

    def _put(self, text: str) -> None:
        self._pieces.append(text)
        self._size += len(text)

    def _member(self, key: str, value: object) -> None:
        self._put(f'{self._before}"{key}": ')
        if isinstance(value, list):
            self._items(inert_json(_encode(item)) for item in cast("list[object]", value))
        else:
            self._put(inert_json(_encode(value)))
        self._before = ",\n "

    def _items(self, items: Iterable[str]) -> None:
        before, end = "[\n  ", "[]"
        for item in items:
            self._put(before + item)
            before, end = ",\n  ", "\n ]"
        self._put(end)

    def begin(self, name: str) -> None:
        """The entries that come now are of this list; those before it that had none are empty."""
        self._close()
        while (waiting := self._waiting.pop(0)) != name:
            self._member(waiting, [])
        self._put(f'{self._before}"{name}": ')
        self._before, self._end = "[\n  ", "[]"

    def _close(self) -> None:
        if self._end:
            self._put(self._end)
            self._before, self._end = ",\n ", ""

    def add(self, entry: object) -> None:
        """An entry more."""
        self._put(self._before + inert_json(_encode(entry)))
        self._before, self._end = ",\n  ", "\n ]"

    def text(self, *, more: bool) -> str:
        """All of it, as text with a line end."""
        self._close()
        for waiting in self._waiting:
            self._member(waiting, [])
        for table in self.tables.places:
            self._put(f'{self._before}"{table}": ')
            self._items(self.tables.lines.get(table, ()))
        self._member("more", more)
        text = "".join((*self._pieces, "\n}\n"))
        self._pieces.clear()
        return text


def texts(
    first: Object, every: Object, lists: Sequence[Listed], tables: Sequence[str], limit: float = math.inf
) -> Iterator[tuple[str, bool]]:
    """The files, each with whether there is another one.

    Args:
        first: the members that the first file has, beside ``every``.
        every: those that every file begins with; its number comes after them.
        lists: what may go on in another file.
        tables: the names of what their entries refer to.
        limit: octets of a file.
    """
    names, full, number = [listed.name for listed in lists], limit - limit / ROOM, 1
    file = _File({**every, "part": number, **first}, names, tables)
    for listed in lists:
        file.begin(listed.name)
        for item in listed.items:
            if file.size >= full:
                yield file.text(more=True), True
                number += 1
                file = _File({**every, "part": number}, names, tables)
                file.begin(listed.name)
            file.add(listed.told(item, file.tables))
    yield file.text(more=False), False
