from __future__ import annotations

import pytest

from checks.identity.trust import dns_name, routed
from scanner.api import GapReason, View
from scanner.facts.directory import CrossRef, TopLevelName
from tests.conftest import BRANCH, CORP, estate, evidence

SUFFIX = TopLevelName("corp.example", True)
OFF = TopLevelName("corp.example", False)
HOLE = TopLevelName("lab.corp.example", True, excluded=True)
SPARED = TopLevelName("lab.corp.example", False, excluded=True)


@pytest.mark.parametrize(
    ("name", "suffixes", "expected"),
    [
        ("corp.example", (SUFFIX,), True),
        ("emea.corp.example", (SUFFIX,), True),
        ("notcorp.example", (SUFFIX,), False),
        ("example", (SUFFIX,), False),
        ("other.example", (SUFFIX,), False),
        ("corp.example", (OFF,), False),
        ("emea.corp.example", (SUFFIX, HOLE), True),
        ("lab.corp.example", (SUFFIX, HOLE), False),
        ("x.lab.corp.example", (HOLE, SUFFIX), False),
        ("lab.corp.example", (SUFFIX, SPARED), True),
        ("lab.corp.example", (SUFFIX, TopLevelName("lab.corp.example", False)), False),
        ("lab.corp.example", (OFF, TopLevelName("lab.corp.example", True)), True),
        ("corp.example", (), False),
    ],
)
def test_routed(name, suffixes, expected):
    assert routed(name, suffixes) is expected


def view(facts) -> View:
    return View(evidence(facts, estate(domains=(CORP, BRANCH))), (CrossRef,))


@pytest.mark.parametrize(
    ("domain", "rows", "expected"),
    [
        ("Corp.Example.", [], CORP),
        ("CORP", [CrossRef(CORP, "CORP")], CORP),
        ("corp", [CrossRef("Corp.Example", "Corp"), CrossRef(BRANCH, "BRANCH")], CORP),
        ("OTHER", [CrossRef(CORP, "CORP")], "other"),
        ("CORP", GapReason.TIMEOUT, "corp"),
    ],
)
def test_dns_name(domain, rows, expected):
    assert dns_name(view({(CrossRef, CORP): rows, (CrossRef, BRANCH): []}), domain) == expected


def test_a_name_that_two_forests_use_is_not_guessed():
    facts = {(CrossRef, CORP): [CrossRef(CORP, "HQ")], (CrossRef, BRANCH): [CrossRef(BRANCH, "HQ")]}
    assert dns_name(view(facts), "HQ") == "hq"
