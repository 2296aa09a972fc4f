"""Whatever text a machine puts where Windows puts a name, no check fails of it, and no finding grows with it."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from scanner.api import Fact, Status, WindowsFact
from scanner.judge import judging
from scanner.record import record
from scanner.words.model import key_of
from scanner.words.query import sendable
from tests.properties.records import OFFER, document
from tests.properties.renaming import Document

LONG = "x'; Remove-Item C:\\ -Recurse # \x1b[31m \u202e <script>alert(1)</script> " + "A" * 60_000
"""about as long as a text of a session may be (``bounds.MAX_TEXT``)"""
MOST = 5_000
"""characters of one text of a finding"""
READ = sorted((fact for fact in OFFER.facts if issubclass(fact, WindowsFact)), key=key_of)


def hostile(value: Any) -> Any:
    """The same kind of value, with the text in it."""
    if isinstance(value, list) and value and isinstance(value[0], str):
        return [LONG, LONG]
    return LONG if isinstance(value, str) else value


def edited(fact: type[Fact]) -> Iterator[tuple[str, Document]]:
    """The record with the text in the first rows of the first machines, once for each field that holds texts."""
    made = document("good")
    answers = [answer for answer in made["answers"] if answer["fact"] == key_of(fact)][:4]
    fields = {
        name for answer in answers for row in answer["rows"] for name, value in row.items() if hostile(value) != value
    }
    for field in sorted(fields - {"began", "installed", "last_boot", "local_date_time"}):  # moments, which are no texts
        other = copy.copy(made)
        other["answers"] = [
            answer | {"rows": [row | {field: hostile(row.get(field))} for row in answer["rows"][:3]]}
            if answer in answers
            else answer
            for answer in made["answers"]
        ]
        yield field, other


@pytest.mark.parametrize("fact", READ, ids=key_of)
def test_no_check_fails_of_a_text_and_no_finding_grows_with_it(fact: type[WindowsFact]) -> None:
    for field, document_ in edited(fact):
        evidence = record.load(json.dumps(document_).encode(), OFFER.facts)
        for finding in judging.judge(judging.enabled(OFFER.checks, evidence.estate.profiles), evidence):
            assert finding.status is not Status.ERROR, (field, finding.check, finding.note)
            texts = {name: getattr(finding, name) for name in ("seen", "wanted", "note", "remedy")}
            assert {name: len(text) for name, text in texts.items() if len(text) > MOST} == {}, (field, finding.check)
        for ask in judging.asks_of(OFFER.checks, evidence):
            for query in ask.fact.queries((ask.argument,)) if issubclass(ask.fact, WindowsFact) else ():
                sendable(query)  # raises where a value could lead astray
                assert "Remove-Item" not in query.text, (field, ask)
