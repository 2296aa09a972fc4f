from __future__ import annotations

import pytest

from checks.identity.id_03_trust_restrictions import trust_restrictions
from scanner.api import GapReason, Profile, Replica, Route, Status
from scanner.facts.directory import CrossRef, TopLevelName, Trust
from scanner.facts.host import ComputerSystem
from tests.checks.identity.test_id_02_same_or_trusting_domains import (
    EMEA,
    FOREST,
    SALES,
    TWO,
    Known,
    forest,
    halves,
    member,
    trust,
)
from tests.conftest import BRANCH, CORP, HV01, HV11, Judge, estate

APART = estate(hosts=(HV01, HV11), routes=(Route(HV01, HV11),), domains=(CORP, BRANCH))
SELECTIVE, NON_TRANSITIVE, QUARANTINED = 0x10, 0x1, 0x4


def run(judge: Judge, facts: Known, one: str = CORP, other: str = BRANCH, *, joined: bool = True, where=APART):
    hosts = {(ComputerSystem, HV01): [member(one)], (ComputerSystem, HV11): [member(other, joined=joined)]}
    return judge(trust_restrictions, hosts | facts, where)


def both(here: int, there: int = 0) -> Known:
    return halves([trust(BRANCH, attributes=here)], [trust(CORP, attributes=there)])


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(both(0), Status.PASS, id="nothing held back"),
        pytest.param(both(SELECTIVE), Status.UNKNOWN, id="selective here"),
        pytest.param(both(0, SELECTIVE), Status.UNKNOWN, id="selective there"),
        pytest.param(both(SELECTIVE | QUARANTINED), Status.UNKNOWN, id="selective and filtered"),
        pytest.param(both(QUARANTINED), Status.PASS, id="filtered between the two domains alone"),
        pytest.param(both(NON_TRANSITIVE, NON_TRANSITIVE), Status.PASS, id="it need not lead further"),
        pytest.param(halves([trust(BRANCH, 1)], [trust(CORP, 2)]), Status.FAIL, id="one way"),
        pytest.param(halves([trust(BRANCH, kind=1)], [trust(CORP)]), Status.FAIL, id="downlevel"),
        pytest.param(halves([trust(BRANCH)], []), Status.FAIL, id="the other half is gone"),
        pytest.param(halves([], []), Status.NOT_APPLICABLE, id="no trust"),
        pytest.param(halves([trust(BRANCH)], GapReason.ACCESS_DENIED), Status.UNKNOWN, id="the other half unread"),
        pytest.param(halves(GapReason.TIMEOUT, GapReason.TIMEOUT), Status.UNKNOWN, id="both unread"),
        pytest.param(halves([], GapReason.TIMEOUT), Status.NOT_APPLICABLE, id="none here, the other side unread"),
        pytest.param(
            halves([trust(BRANCH, 1, attributes=SELECTIVE)], [trust(CORP)]), Status.FAIL, id="one way and selective"
        ),
    ],
)
def test_a_direct_trust(judge: Judge, facts, expected):
    assert run(judge, facts).status is expected


def routes(*names: str, off: str = "", attributes: int = FOREST, partner: str = BRANCH) -> Trust:
    suffixes = tuple(TopLevelName(name, name != off) for name in names)
    return Trust(partner, "X", 3, 2, attributes, suffixes)


@pytest.mark.parametrize(
    ("half", "expected"),
    [
        pytest.param(routes(BRANCH), Status.PASS, id="routed"),
        pytest.param(routes(BRANCH, off=BRANCH), Status.FAIL, id="suffix switched off"),
        pytest.param(routes("x.example"), Status.FAIL, id="suffix missing"),
    ],
)
def test_names_of_a_forest_trust(judge: Judge, half, expected):
    finding = run(judge, halves([half], [routes(CORP, partner=CORP)]))
    assert finding.status is expected
    assert bool(finding.remedy) is (expected is Status.FAIL)


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        pytest.param(FOREST, Status.PASS, id="forest trust"),
        pytest.param(FOREST | NON_TRANSITIVE, Status.FAIL, id="not transitive, and it must lead further"),
        pytest.param(FOREST | QUARANTINED, Status.UNKNOWN, id="filtered, and accounts come from further"),
        pytest.param(FOREST | SELECTIVE, Status.UNKNOWN, id="selective"),
    ],
)
def test_a_domain_behind_the_partner(judge: Judge, attributes, expected):
    facts = forest(CORP) | forest(BRANCH, SALES)
    facts |= {(Trust, CORP): [routes(BRANCH, attributes=attributes)], (Trust, BRANCH): [routes(CORP, partner=CORP)]}
    assert run(judge, facts, other=SALES).status is expected


def test_within_one_domain_or_forest_it_does_not_apply(judge: Judge):
    assert run(judge, {}, CORP, CORP).status is Status.NOT_APPLICABLE
    assert run(judge, TWO, CORP, CORP).status is Status.NOT_APPLICABLE
    assert run(judge, forest(CORP, EMEA), CORP, EMEA).status is Status.NOT_APPLICABLE


def test_a_host_in_no_domain_and_one_that_was_not_read(judge: Judge):
    assert run(judge, both(SELECTIVE), joined=False).status is Status.NOT_APPLICABLE
    unread = {(ComputerSystem, HV01): [member(CORP)], (ComputerSystem, HV11): GapReason.TIMEOUT}
    assert judge(trust_restrictions, both(0) | unread, APART).status is Status.UNKNOWN


def test_what_is_filtered_is_told(judge: Judge):
    assert "0x4" in run(judge, both(QUARANTINED)).note
    assert run(judge, both(NON_TRANSITIVE)).note == ""


@pytest.mark.parametrize(("way", "expected"), [("kerberos", Status.UNKNOWN), ("certificate", Status.NOT_APPLICABLE)])
def test_replication_with_certificates_needs_no_trust(judge: Judge, way, expected):
    where = estate(
        hosts=(HV01, HV11),
        routes=(Route(HV01, HV11),),
        profiles=frozenset({Profile.REPLICA}),
        replica=Replica(authentication=way),
    )
    assert run(judge, both(SELECTIVE), where=where).status is expected


def test_a_forest_of_which_nothing_or_two_things_are_told_holds_the_trust_no_longer_back(judge: Judge):
    trusts = {(Trust, CORP): [trust(BRANCH, attributes=SELECTIVE)], (Trust, BRANCH): [trust(CORP)]}
    assert run(judge, trusts).status is Status.UNKNOWN
    listed = {(CrossRef, CORP): [CrossRef(CORP, "CORP"), CrossRef(BRANCH, "BRANCH")]}
    assert run(judge, TWO | trusts | listed).status is Status.UNKNOWN
