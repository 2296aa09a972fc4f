"""An answer without a row: where there always is one it is no answer; elsewhere it is written down why it is one."""

from __future__ import annotations

import copy
import dataclasses
import json
from typing import ClassVar

import pytest

from docs.fact_pages import facts_of, modules
from scanner.api import Fact, Gap, GapReason
from scanner.facts.base import DerivedFact, WindowsFact
from scanner.judge.whole import ordered_rows
from scanner.record import record
from scanner.words.model import key_of
from tests.conftest import CORP, NOW, ended, estate, evidence
from tests.properties.records import OFFER, before, better, both, document, judged
from tests.properties.renaming import Document

ASKED = [fact for module in modules() for fact in facts_of(module) if fact.kinds and not issubclass(fact, DerivedFact)]
COUNTED = [fact for fact in ASKED if fact.least]


NOT_ASKED = {
    ("practice", "LocalGroup"): "that estate names no operator, so nobody asks who may do what",
    ("practice", "Administrator"): "likewise",
    ("good", "ShareAdministrator"): "no machine of that estate shares a folder that a plan uses",
    ("practice", "ShareAdministrator"): "likewise",
}


def emptied(edited: Document, fact: str, target: str = "") -> Document:
    """The record with no row of this fact: of one target, or of all."""
    made = copy.copy(edited)
    made["answers"] = [
        answer | {"rows": []} if answer["fact"] == fact and target in ("", answer["target"]) else answer
        for answer in edited["answers"]
    ]
    return made


@pytest.mark.parametrize("fact", ASKED, ids=key_of)
def test_every_fact_says_what_no_row_is(fact: type[Fact]) -> None:
    """A fact has a least number of rows, or says why none is an answer; what may be absent has no least number.

    Of several registry keys that are read together some may be absent, and what there always is stands in another.
    """
    assert bool(fact.least) != bool(fact.no_row)
    if issubclass(fact, WindowsFact) and fact.least:
        keys = fact.query.commands[0].parameters.get("Path", ())
        assert not fact.absent or (fact.absent == {"key"} and isinstance(keys, tuple) and len(keys) > 1)
        assert fact.since == WindowsFact.since, "older releases answer no row"


@both
@pytest.mark.parametrize("key", [*map(key_of, COUNTED)])
def test_no_row_where_there_always_is_one(name: str, key: str) -> None:
    """Emptied, a fact that has a least number of rows makes nothing better: of all targets, and of each by itself."""
    base = document(name)
    targets = [answer["target"] for answer in base["answers"] if answer["fact"] == key]
    assert targets or (name, key) in NOT_ASKED
    for target in ("", *(targets if name == "good" else targets[:2])):
        assert better(before(name), judged(emptied(base, key, target)))[:9] == []


@pytest.mark.parametrize("fact", COUNTED, ids=key_of)
def test_no_row_is_a_gap_in_every_record(fact: type[Fact]) -> None:
    """It is one where a record is loaded, however it was made, and nothing is ready that reads it."""
    base, key = document("good"), key_of(fact)
    loaded = record.load(json.dumps(emptied(base, key)).encode(), OFFER.facts)
    for target in {answer["target"] for answer in base["answers"] if answer["fact"] == key}:
        gap = loaded.ask(fact, target)
        assert isinstance(gap, Gap)
        assert gap.reason in (GapReason.UNPARSABLE, GapReason.UNPROVEN)


HYPER_V = [fact for fact in ASKED if issubclass(fact, WindowsFact) and "virtualization" in fact.yields]


def test_the_namespace_has_its_facts() -> None:
    """Else the next one would say nothing."""
    assert {"MigrationNetwork", "MigrationSettings", "VirtualMachineSettings"} <= {key_of(fact) for fact in HYPER_V}


@both
def test_a_namespace_that_hides_its_rows(name: str) -> None:
    """Whoever may not look gets no row of root\\virtualization\\v2 and no error: nothing is better for it."""
    base = document(name)
    for host in base["estate"]["hosts"]:
        made = base
        for fact in HYPER_V:
            made = emptied(made, key_of(fact), host)
        assert better(before(name), judged(made))[:9] == [], host


@dataclasses.dataclass(frozen=True)
class Pair(Fact):
    """Of which there are always two."""

    least: ClassVar[int] = 2
    name: str


@dataclasses.dataclass(frozen=True)
class Loose(Fact):
    """Of which there may be none."""

    name: str | None
    parts: tuple[str, ...] = ()


@pytest.mark.parametrize(("rows", "whole"), [((), False), ((Pair("a"),), False), ((Pair("a"), Pair("b")), True)])
def test_the_least_number_of_rows(rows: tuple[Pair, ...], whole: bool) -> None:
    """One fewer is a gap, which says how many there were; so many are an answer."""
    asked = ended(evidence({(Pair, CORP): rows})).ask(Pair, CORP)
    assert asked == rows if whole else isinstance(asked, Gap)
    if isinstance(asked, Gap):
        assert asked.detail == f"{len(rows)} {'row' if len(rows) == 1 else 'rows'} where there always is 2"


def test_no_row_of_what_may_be_none() -> None:
    """It stays an answer."""
    assert ended(evidence({(Loose, CORP): ()})).ask(Loose, CORP) == ()


def test_rows_have_one_order_and_stand_once() -> None:
    """Also where a null stands beside a text, which cannot be compared."""
    one, other, null = Loose("a", ("x",)), Loose("b"), Loose(None)
    made = [
        ordered_rows(ended(evidence({(Loose, CORP): rows}))).ask(Loose, CORP)
        for rows in ((one, null, other, one), (other, one, null))
    ]
    assert made[0] == made[1]
    assert sorted(map(repr, made[0])) == sorted(map(repr, (one, other, null)))


def test_what_is_in_order_stays_as_it_is() -> None:
    """Nothing is made anew for nothing."""
    closed = ended(evidence({(Loose, CORP): (Loose("a"), Loose("b"))}, estate(), now=NOW))
    assert ordered_rows(closed) is closed
