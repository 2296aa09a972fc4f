"""The practice records hold all that the checks of today need, so that `demo` judges as its estate does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scanner import plugins
from scanner.api import Evidence
from scanner.collect.plan import first_round
from scanner.facts.base import WindowsFact
from scanner.judge.judging import enabled
from scanner.record.record import load

ROOT = Path(__file__).resolve().parent.parent
RECORDS = (ROOT / "tests" / "data" / "good.hvp", ROOT / "scanner" / "data" / "practice.hvp")
OFFER = plugins.load(third_party=False)
MACHINES = "run `make records`"
WHOLE = "run `python -m lab record`, as root: it is no machine's answer, so `make records` cannot read it"


def forgotten(document: dict[str, Any]) -> list[str]:
    """What checks need of the first round and the record neither holds nor says why not; and what would bring it."""
    said: list[str] = []
    record = load(json.dumps(document).encode(), OFFER.facts, said.append)
    return [*_forgotten(record), *(f"{line}: {MACHINES}" for line in said)]


def _forgotten(record: Evidence) -> Iterator[str]:
    for want in first_round(enabled(OFFER.checks, record.estate.profiles), record.estate):
        for fact in want.facts:
            if not record.has(fact, want.target):
                yield f"{fact.__name__} of {want.target}: {MACHINES if issubclass(fact, WindowsFact) else WHOLE}"


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_a_practice_record_holds_what_the_checks_need(path):
    assert not forgotten(json.loads(path.read_bytes()))


@pytest.mark.parametrize(("fact", "way"), [("VmSecurity", MACHINES), ("ConnectionProfile", MACHINES), ("Trust", WHOLE)])
def test_a_fact_that_was_forgotten_is_named_with_what_brings_it(fact, way):
    document = json.loads(RECORDS[0].read_bytes())
    gone = [answer for answer in document["answers"] if answer["fact"] == fact]
    document["answers"] = [answer for answer in document["answers"] if answer not in gone]
    assert sorted(forgotten(document)) == sorted(f"{fact} of {answer['target']}: {way}" for answer in gone)


def test_a_field_that_was_forgotten_is_named_too():
    document = json.loads(RECORDS[0].read_bytes())
    for answer in document["answers"]:
        for row in answer["rows"] if answer["fact"] == "VmSecurity" else ():
            del row["shielded"]
    assert forgotten(document) == [
        f"not collected by version 0.1.0, and UNKNOWN where it is read: VmSecurity.shielded: {MACHINES}"
    ]
