"""Raw JSON rows of a query become facts; what a value means follows from the type of the fact's field.

Nothing is guessed: a value of another type than the field's, or a null where Windows may not answer null, makes the
whole answer unparsable and names the property. Shapes that PowerShell gives the same value are one value (a list that
became ``{"value": [...], "Count": n}``, a list of one that became its element).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from scanner.collect.transport.bounds import MAX_ROWS
from scanner.estate.secret import redact
from scanner.facts.base import WindowsFact
from scanner.words.wording import counted

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
JSON_DATE = re.compile(r"/Date\((-?\d{1,15})(?:[+-]\d{4})?\)/")
"""What Windows PowerShell writes: milliseconds since 1970, UTC; an offset behind them changes nothing."""
INTEGER = re.compile(r"-?\d{1,20}")
VERSION_PARTS = ("Major", "Minor", "Build", "Revision")
MISSING = object()

Reader = Callable[[object], object]
"""Reads one value; raises ``_WrongError`` when it is none of its kind."""


class Unparsable(Exception):  # noqa: N818 - an answer, not a fault
    """An answer that is not what the fact says; names the property and what stands there."""


class _WrongError(Exception):
    """The value is not of the wanted kind."""


def decode(fact: type[WindowsFact], rows: object) -> tuple[WindowsFact, ...]:
    """The facts that raw rows stand for.

    Args:
        fact: the class whose query was asked.
        rows: what came back: a list of objects, one object, or nothing.

    Raises:
        Unparsable: a row or one of its values is not what the fact says, or there are more than any machine has.
    """
    made = tuple(_decoded(fact, rows))
    if excess := fact.excess(made):
        raise Unparsable(excess)
    return made


def _decoded(fact: type[WindowsFact], rows: object) -> Iterator[WindowsFact]:
    listed = as_list(rows)
    if len(listed) > MAX_ROWS:
        raise Unparsable(f"the answer has {counted(len(listed), 'row')}, and no machine has more than {MAX_ROWS:,}")
    for value in listed:
        raw = fact.row_of(value)
        if not isinstance(raw, dict):
            raise Unparsable(f"a row is {_seen(raw)}")
        row = cast("dict[str, object]", raw)
        if fact.accept(row):
            yield from (_fact(fact, part) for part in fact.expand(row))


def _fact(fact: type[WindowsFact], row: Mapping[str, object]) -> WindowsFact:
    values: dict[str, object] = {}
    for name, key, read in _plan(fact):
        value = row.get(key, MISSING)
        try:
            values[name] = read(value)
        except _WrongError:
            raise Unparsable(f"{key} is {_seen(value)}") from None
    return cast("Callable[..., WindowsFact]", fact)(**values)


def as_list(value: object) -> list[object]:
    """A list that PowerShell may have turned into something else on the way."""
    if value is None or value == "":
        return []
    if isinstance(value, dict) and {"value", "Count"} == set(cast("dict[str, object]", value)):
        return as_list(cast("dict[str, object]", value)["value"])
    return cast("list[object]", value) if isinstance(value, list) else [value]


@cache
def _plan(fact: type[WindowsFact]) -> tuple[tuple[str, str, Reader], ...]:
    """Field, property and reader of every field of a fact."""
    hints = get_type_hints(fact)
    described = fields(cast("Any", fact))
    return tuple(
        (f.name, f.metadata["property"], _reader(hints[f.name])) for f in described if "property" in f.metadata
    )


def _reader(kind: Any) -> Reader:
    if get_origin(kind) in (UnionType, Union):
        (inner,) = (part for part in get_args(kind) if part is not NoneType)
        read = _reader(inner)
        return lambda value: None if value is None or value is MISSING else read(value)
    if get_origin(kind) is tuple:
        read = _reader(get_args(kind)[0])
        return lambda value: _tuple(value, read)
    if isinstance(kind, type) and issubclass(kind, IntEnum):
        return lambda value: _enum(value, kind)
    readers: dict[object, Reader] = {bool: _bool, int: _int, str: _str, datetime: _datetime}
    return readers[kind]


def _tuple(value: object, read: Reader) -> tuple[object, ...]:
    if value is MISSING:
        raise _WrongError
    return tuple(read(item) for item in as_list(value))


def _bool(value: object) -> bool:
    """Strictly: 0 and 1 are enumerations that only look like booleans (On is 0, Off is 1 in some)."""
    if not isinstance(value, bool):
        raise _WrongError
    return value


def _int(value: object) -> int:
    """A number, or its digits: Windows keeps build numbers as text."""
    if isinstance(value, bool):
        raise _WrongError
    if isinstance(value, int):
        return value
    if isinstance(value, str) and INTEGER.fullmatch(value):
        return int(value)
    raise _WrongError


def _enum(value: object, kind: type[IntEnum]) -> IntEnum:
    try:
        return kind(_int(value))
    except ValueError:
        raise _WrongError from None


def _str(value: object) -> str:
    if isinstance(value, dict):
        return _version(cast("dict[str, object]", value))
    if not isinstance(value, str):
        raise _WrongError
    return value if value.isascii() else value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _version(value: Mapping[str, object]) -> str:
    """A System.Version as people write it, as in 5.0; -1 says that a part is not set."""
    parts = [value.get(part) for part in VERSION_PARTS]
    numbers = [part for part in parts if isinstance(part, int) and not isinstance(part, bool)]
    if len(numbers) != len(VERSION_PARTS):
        raise _WrongError
    return ".".join(str(number) for number in numbers if number >= 0)


def _datetime(value: object) -> datetime:
    """UTC; a time without an offset could be anything, so it is refused."""
    if isinstance(value, dict):  # Windows PowerShell wraps a date that carries notes
        value = cast("dict[str, object]", value).get("value")
    if not isinstance(value, str):
        raise _WrongError
    ticks = JSON_DATE.fullmatch(value)
    try:
        if ticks:
            return EPOCH + timedelta(milliseconds=int(ticks[1]))
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise _WrongError
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise _WrongError from None


def _seen(value: object) -> str:
    """What stands where something else should: short, in ASCII."""
    if value is MISSING:
        return "missing"
    if value is None:
        return "null"
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    return ascii(value if not isinstance(value, str) else redact(value)[:40])
