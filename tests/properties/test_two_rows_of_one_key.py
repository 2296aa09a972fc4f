"""Two rows of one key that differ contradict each other: such an answer makes nothing better, and is a gap."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from scanner.api import Fact, Gap
from scanner.record import record
from scanner.words.model import key_of
from tests.properties.records import OFFER, before, better, both, document, judged
from tests.properties.renaming import Document
from tests.properties.test_emptied import ASKED

KEYED = [fact for fact in ASKED if fact.key is not None]


def other(value: Any) -> Any:
    """A value of the same kind, and not the same."""
    match value:
        case bool():
            return not value
        case int():
            return value ^ 1
        case str() if re.match(r"\d{4}-\d\d-\d\dT", value):
            return f"{int(value[:4]) - 1}{value[4:]}"
        case str():
            return "Stopped" if value == "Running" else "Running"
        case list():
            return [] if value else ["10.1.2.3"]
        case _:
            return value


def contradicted(edited: Document, fact: type[Fact], target: str) -> Iterator[tuple[str, Document]]:
    """The record with a second row of the first one's key, once for each field in which it can differ."""
    answer = next(a for a in edited["answers"] if (a["fact"], a["target"]) == (key_of(fact), target))
    row = answer["rows"][0] if answer["rows"] else {}
    for field, value in row.items():
        if field in (fact.key or ()) or field in NUMBERS:
            continue
        differing = other(value) if value is not None else UNTOLD.get((key_of(fact), field))
        if differing == value:
            continue
        if isinstance(value, int) and not isinstance(value, bool) and field in ENUMERATIONS:
            continue
        made = copy.copy(edited)
        rows = [*answer["rows"], row | {field: differing}]
        made["answers"] = [a | {"rows": rows} if a is answer else a for a in edited["answers"]]
        yield field, made


UNTOLD = {("RevocationCheck", "disabled"): 1, ("LastReplication", "at"): "2026-11-01T00:00:00Z"}
"""What stands beside a null, which is all that the records hold of a fact: a value and none differ, too."""
NUMBERS = ("lower",)
"""lists whose values are no texts"""
ENUMERATIONS = ("product_type", "performance")
"""whose other values need not be one"""


@both
@pytest.mark.parametrize("fact", KEYED, ids=key_of)
def test_contradicting_rows(name: str, fact: type[Fact]) -> None:
    """Of the first targets that have a row, and for every field."""
    base = document(name)
    targets = [a["target"] for a in base["answers"] if a["fact"] == key_of(fact) and a["rows"]]
    for target in targets[:2]:
        tried = 0
        for field, made in contradicted(base, fact, target):
            tried += 1
            gap = record.load(json.dumps(made).encode(), OFFER.facts).ask(fact, target)
            assert isinstance(gap, Gap), (target, field)
            assert "that differ, where there is one" in gap.detail or "witness" in gap.detail, (target, field)
            if tried == 1:
                assert better(before(name), judged(made))[:9] == [], (target, field)
        assert tried


def test_what_windows_keys_is_known() -> None:
    """Else the property would say nothing."""
    assert {"NetworkAdapter", "Service", "SmbServerConfiguration", "VirtualMachineState", "VmSecurity"} <= {
        key_of(fact) for fact in KEYED
    }


@pytest.mark.parametrize("fact", KEYED, ids=key_of)
def test_a_row_that_stands_twice_is_one(fact: type[Fact]) -> None:
    """The same said again contradicts nothing."""
    base = document("good")
    for answer in base["answers"]:
        if answer["fact"] == key_of(fact):
            answer["rows"] = [*answer["rows"], *answer["rows"]]
    loaded = record.load(json.dumps(base).encode(), OFFER.facts)
    assert [gap for gap in loaded.gaps() if gap.fact == key_of(fact)] == [
        gap
        for gap in record.load(json.dumps(document("good")).encode(), OFFER.facts).gaps()
        if gap.fact == key_of(fact)
    ]
