from __future__ import annotations

from dataclasses import replace

import pytest

from checks.identity.domains import domain_of
from checks.identity.trust import mended, routed
from scanner.api import GapReason, MissingEvidence, View
from scanner.facts.directory import ComputerAccount, CrossRef, DomainInfo, TopLevelName, Trust
from scanner.facts.host import ComputerSystem
from tests.checks.delegation.domain import account
from tests.conftest import BRANCH, CORP, HV01, HV02, estate, evidence

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


THERE = ComputerSystem("HV02", "hv02", CORP, part_of_domain=True, domain_role=3)
MINE, ROW = {(ComputerAccount, CORP): [account(HV01)]}, CrossRef(CORP, "CORP")
ELSE = {(ComputerAccount, CORP): [account(HV02)]}
OWN = {(DomainInfo, "corp"): [DomainInfo("corp", "corp", "DC=corp", 7)]}
"""A domain whose whole DNS name is corp was read."""


def told(domain, facts) -> str:
    """Where a machine is that says so, seen from one of corp.example."""
    view = View(evidence(facts, estate(domains=(CORP, BRANCH))), (CrossRef, DomainInfo, ComputerAccount))
    return domain_of(view, replace(THERE, name="HV01", domain=domain), THERE)


@pytest.mark.parametrize(
    ("domain", "facts", "expected"),
    [
        pytest.param("Corp.Example.", {}, CORP, id="full name"),
        pytest.param("CORP", MINE | {(CrossRef, CORP): [ROW]}, CORP, id="its NetBIOS name"),
        pytest.param("Corp", {(CrossRef, CORP): [ROW, CrossRef(BRANCH, "X")]} | MINE, CORP, id="others"),
        pytest.param("corp", OWN | MINE | {(CrossRef, CORP): [ROW]}, "corp", id="read itself"),
        pytest.param("corp", {(CrossRef, CORP): [ROW, CrossRef("corp", "C")]}, "corp", id="a domain of that forest"),
        pytest.param("CORP", {(CrossRef, CORP): [ROW]}, None, id="accounts unread"),
        pytest.param("CORP", {(CrossRef, CORP): [ROW]} | ELSE, None, id="no account"),
        pytest.param("OTHER", MINE | {(CrossRef, CORP): [ROW]}, None, id="another name"),
        pytest.param("CORP", MINE, None, id="no directory tells"),
        pytest.param("CORP", {(CrossRef, CORP): [replace(ROW, unread="x")]} | MINE, None, id="not whole"),
        pytest.param(
            "BRANCH",
            {(CrossRef, BRANCH): [CrossRef(BRANCH, "BRANCH")], (ComputerAccount, BRANCH): [account(HV01)]},
            None,
            id="a forest that neither machine is in",
        ),
    ],
)
def test_the_domain_of_a_machine(domain, facts, expected):
    if expected is None:
        with pytest.raises(MissingEvidence, match="a short name"):
            told(domain, facts)
    else:
        assert told(domain, facts) == expected


def trusting(here, there) -> View:
    facts = {(Trust, CORP): here, (Trust, BRANCH): there}
    return View(evidence(facts, estate(domains=(CORP, BRANCH))), (Trust, DomainInfo))


@pytest.mark.parametrize(
    ("here", "there", "words"),
    [
        ([], [], "make a two-way trust"),
        ([Trust("x.example", "X", 3, 2, 0)], [], "make a two-way trust"),
        ([Trust("Branch.Example.", "B", 1, 2, 0)], [], "mend the trust"),
        ([], [Trust(CORP, "CORP", 3, 1, 0)], "mend the trust"),
        ([], GapReason.ACCESS_DENIED, "mend the trust"),
    ],
)
def test_a_trust_that_may_be_there_is_not_made_again(here, there, words):
    remedy = mended(trusting(here, there), CORP, BRANCH)
    assert words in remedy
    assert remedy.startswith("Have administrators of both domains")
    assert "netdom" not in remedy
