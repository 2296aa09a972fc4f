"""JSON of which every entry of a list stands on a line: small, and still to be read, compared and searched by lines.

What is given as an iterator is made as it is written, so that the objects of a very long list are never there at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from scanner.api import inert_json

_encode = json.JSONEncoder(ensure_ascii=True, allow_nan=False).encode


def text_of(whole: Mapping[str, Any]) -> str:
    """The object as text with a line end, which holds no command to whoever prints it."""
    return "".join(_members(whole))


def _members(whole: Mapping[str, Any]) -> Iterator[str]:
    before = "{\n "
    for key, value in whole.items():
        yield f'{before}"{key}": '
        listed = isinstance(value, list | Iterator)
        yield from _items(cast("Iterable[object]", value)) if listed else (inert_json(_encode(value)),)
        before = ",\n "
    yield "\n}\n"


def _items(items: Iterable[object]) -> Iterator[str]:
    before, end = "[\n  ", "[]"
    for item in items:
        yield before + inert_json(_encode(item))
        before, end = ",\n  ", "\n ]"
    yield end
