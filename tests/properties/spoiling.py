"""Puts a text wherever Windows, VMM or a directory puts one: every field of every fact, found by its type.

A field that no practice estate fills is filled here, so that a fact of tomorrow is reached on the day it is written.
"""

from __future__ import annotations

import copy
import dataclasses
import enum
import json
import types
import typing
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any

from lab import records
from scanner.api import DerivedFact, Fact, TargetKind
from scanner.words.model import key_of
from tests.properties.records import FILES, OFFER, document
from tests.properties.renaming import Document

FACTS = sorted((fact for fact in OFFER.facts if not issubclass(fact, DerivedFact)), key=key_of)
"""All that somebody answers; what is made of it holds the same texts."""
FAULTY = ("outage", "shares", "mapped", "paired", "replicated", "provider", "certified")
"""Estates with faults, smallest first; of them the machines alone are read here."""
MOMENT = "2026-11-21T12:00:00Z"
ROWS = 3
"""of an answer that are changed, so that one is left as it was where there are many"""
TARGETS = 4


@cache
def estate(name: str) -> Document:
    """The record of an estate."""
    return document(name) if name in FILES else json.loads(records.anew(name))


def text_fields(fact: type[Fact]) -> tuple[str, ...]:
    """The fields that may hold a text, by their types."""
    hints = typing.get_type_hints(fact)
    return tuple(field.name for field in dataclasses.fields(typing.cast("Any", fact)) if _holds(hints[field.name]))


def spoilt(document_: Document, fact: type[Fact], field: str, text: str, *, beside: bool = False) -> Document:
    """The record with the text in one field of the first rows of the first targets, or of a row more."""
    made = copy.copy(document_)
    hint = typing.get_type_hints(fact)[field]
    mine = [answer for answer in made["answers"] if answer["fact"] == key_of(fact)]
    mine = ([answer for answer in mine if answer["rows"]] or mine or [_answer(document_, fact)])[:TARGETS]

    def rows(told: list[dict[str, Any]]) -> list[dict[str, Any]]:
        known = told or [_row(fact)]
        new = [row | {field: _with(hint, row.get(field), text)} for row in known[: 1 if beside else ROWS]]
        return [*told, *new] if beside else [*new, *known[ROWS:]]

    keys = {(answer["fact"], answer["target"]) for answer in mine}
    others = [answer for answer in made["answers"] if (answer["fact"], answer["target"]) not in keys]
    made["answers"] = [*others, *(answer | {"rows": rows(answer["rows"])} for answer in mine)]
    made["gaps"] = [gap for gap in made["gaps"] if (gap["fact"], gap["target"]) not in keys]
    return made


def renamed(document_: Document, fact: type[Fact], field: str, text: str) -> Document | None:
    """The record in which one name that stands in a field is followed by the text wherever it stands.

    So whoever looks for the thing by its name finds it; nothing where the field is empty.
    """
    mine = (row.get(field) for a in document_["answers"] if a["fact"] == key_of(fact) for row in a["rows"])
    name = next((found for value in mine for found in _texts(value)), "")
    return _replaced(document_, name, name + text) if name else None


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str) and value:
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        yield from _texts(list(value.values()))


def _replaced(value: Any, old: str, new: str) -> Any:
    if isinstance(value, str):
        return new if value == old else value
    if isinstance(value, list):
        return [_replaced(item, old, new) for item in value]
    if isinstance(value, dict):
        return {key: item if key in ("fact", "target") else _replaced(item, old, new) for key, item in value.items()}
    return value


def _holds(hint: Any) -> bool:
    if hint is str:
        return True
    if dataclasses.is_dataclass(hint):
        return any(_holds(typing.get_type_hints(hint)[field.name]) for field in dataclasses.fields(hint))
    return any(map(_holds, typing.get_args(hint)))


def _with(hint: Any, value: Any, text: str) -> Any:
    """The text in place of a value of a type; in a list two of it, in a row within the row every text."""
    if hint is str:
        return text
    if typing.get_origin(hint) in (tuple, frozenset):
        inner = next(filter(_holds, typing.get_args(hint)))
        return [_with(inner, one, text) for one in (value or [None, None])[:ROWS]]
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        return _with(next(filter(_holds, typing.get_args(hint))), value, text)
    hints = typing.get_type_hints(hint)
    own = {one.name for one in dataclasses.fields(hint)}
    hints = {name: one for name, one in hints.items() if name in own}
    row = value or {name: _value(one) for name, one in hints.items()}
    return row | {name: _with(one, row.get(name), text) for name, one in hints.items() if _holds(one)}


def _row(fact: type[Fact]) -> dict[str, Any]:
    """A row of which nothing is known but its types."""
    return {name: _value(hint) for name, hint in typing.get_type_hints(fact).items() if name in _names(fact)}


def _names(fact: type[Fact]) -> set[str]:
    return {field.name for field in dataclasses.fields(typing.cast("Any", fact))}


def _value(hint: Any) -> Any:
    arguments = typing.get_args(hint)
    if type(None) in arguments:
        return None
    if typing.get_origin(hint) in (tuple, frozenset):
        return []
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return next(iter(hint)).value
    return {str: "x", bool: True, int: 1, float: 1.0, datetime: MOMENT}[hint]


def _answer(document_: Document, fact: type[Fact]) -> dict[str, Any]:
    """An answer of a target of a kind that is asked for the fact."""
    told = document_["estate"]
    targets = {
        TargetKind.HOST: told["hosts"],
        TargetKind.VMM_SERVER: told["vmm_servers"],
        TargetKind.FILE_SERVER: told["hosts"],
        TargetKind.DOMAIN: told["domains"],
        TargetKind.CONTROLLER: told["domains"],
        TargetKind.KEY_FILE: [key["path"] for key in told["key_files"]],
    }
    (target, *_) = [name for kind in sorted(fact.kinds) for name in targets[kind]]
    return {"fact": key_of(fact), "target": target, "at": document_["finished"], "query": "(made)", "rows": []}
