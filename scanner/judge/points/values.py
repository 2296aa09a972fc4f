"""Values of a raw row: of the kind that is meant, or nothing. No value of a machine raises anything here."""

from __future__ import annotations

import re
from collections.abc import Mapping

from scanner.words.recording import Value

Row = Mapping[str, Value]
NUMBER = re.compile(r"-?\d{1,20}")
LARGEST = 10**20


def text(row: Row, name: str) -> str | None:
    """A value that is text."""
    value = row.get(name)
    return value if isinstance(value, str) else None


def number(row: Row, name: str) -> int | None:
    """A value that is a number, or its digits."""
    value = row.get(name)
    if isinstance(value, str) and NUMBER.fullmatch(value):
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < LARGEST else None


def flag(row: Row, name: str) -> bool | None:
    """A value that is true or false."""
    value = row.get(name)
    return value if isinstance(value, bool) else None


def items(row: Row, name: str) -> tuple[Value, ...]:
    """A list, which PowerShell may have wrapped, or made of its only element that element."""
    value = row.get(name)
    if isinstance(value, dict) and {"value", "Count"} == set(value):
        value = value["value"]
    if isinstance(value, list):
        return tuple(value)
    return () if value is None or value == "" else (value,)


def texts(row: Row, name: str) -> tuple[str, ...]:
    """What of a list is text."""
    return tuple(value for value in items(row, name) if isinstance(value, str))
