"""What is left of a mistaken estate file, so that its further mistakes are told in the same run."""

from __future__ import annotations

import typing
from collections.abc import Container, Mapping
from typing import Any, cast

from msgspec import Struct

from scanner.estate.mistakes import bare_of, fields_of, is_table
from scanner.estate.tables import Text

STAND_IN = "(mistaken) "
"""Begins what stands for a value that must be there and is missing or wrong; no name of an estate begins so."""
_LEFT_OUT = object()


def usable(expected: Any, value: object, wrong: Container[str], key: str = "") -> Any:
    """A copy of ``value`` that can be read as ``expected``, so that the rest of it can be looked at, too.

    What stands at a ``wrong`` key is left out; where something must stand, and in lists, whose places count, a
    stand-in takes its place.
    """
    bare = bare_of(expected)
    if is_table(bare):
        return _usable_table(bare, value, wrong, key)
    if typing.get_origin(bare) is not list:
        return _LEFT_OUT if key in wrong else value
    (item,) = typing.get_args(bare)
    items = cast("list[object]", value) if isinstance(value, list) else []
    places = [(f"{key}[{place}]", inner) for place, inner in enumerate(items, 1)]
    made = [STAND_IN + k if item == Text and k in wrong else usable(item, inner, wrong, k) for k, inner in places]
    return [inner for inner in made if inner is not _LEFT_OUT] or _LEFT_OUT


def _usable_table(expected: type[Struct], value: object, wrong: Container[str], key: str) -> dict[str, Any]:
    table: Mapping[str, object] = cast("Mapping[str, object]", value) if isinstance(value, Mapping) else {}
    made: dict[str, Any] = {}
    for field in fields_of(expected):
        word = field.encode_name
        path = f"{key}.{word}" if key else word
        inner = usable(field.type, table[word], wrong, path) if word in table else _LEFT_OUT
        if inner is _LEFT_OUT and field.required:
            inner = [STAND_IN + path] if typing.get_origin(bare_of(field.type)) is list else STAND_IN + path
        if inner is not _LEFT_OUT:
            made[word] = inner
    return made
