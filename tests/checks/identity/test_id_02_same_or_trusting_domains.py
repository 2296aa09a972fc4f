from __future__ import annotations

from dataclasses import replace

import pytest

from checks.identity.id_02_same_or_trusting_domains import same_or_trusting
from scanner.api import Fact, GapReason, Profile, Replica, Route, Status
from scanner.facts.directory import ComputerAccount, CrossRef, DomainInfo, TopLevelName, Trust
from scanner.facts.host import ComputerSystem
from scanner.judge.judging import judge_check
from tests.checks.delegation.domain import account
from tests.conftest import BRANCH, CORP, HV01, HV11, Judge, estate, evidence

Known = dict[tuple[type[Fact], str], object]
FOREST, WITHIN, SELECTIVE, EXTERNAL = 0x8, 0x20, 0x10, 0
EMEA, SALES = "emea.corp.example", "sales.branch.example"
APART = estate(hosts=(HV01, HV11), routes=(Route(HV01, HV11),), domains=(CORP, BRANCH))


def member(domain: str, *, joined: bool = True) -> ComputerSystem:
    return ComputerSystem("HV", "hv", domain, joined, 3)


def trust(partner: str, direction: int = 3, kind: int = 2, attributes: int = EXTERNAL, routes: tuple = ()) -> Trust:
    names = tuple(TopLevelName(name, True) for name in routes)
    return Trust(partner, partner.partition(".")[0].upper(), direction, kind, attributes, names)


def forest(root: str, *domains: str) -> Known:
    """Every domain of a forest as its controllers tell it."""
    refs = [CrossRef(name, name.partition(".")[0].upper()) for name in (root, *domains)]
    facts: Known = {(CrossRef, name): refs for name in (root, *domains)}
    facts |= {(DomainInfo, name): [DomainInfo(name, root, "DC=x", 7)] for name in (root, *domains)}
    return facts | {(Trust, name): [] for name in (root, *domains)}


def run(judge: Judge, one: str, other: str, facts: Known):
    hosts = {(ComputerSystem, HV01): [member(one)], (ComputerSystem, HV11): [member(other)]}
    return judge(same_or_trusting, hosts | facts, APART)


TWO = forest(CORP) | forest(BRANCH)
"""Two forests of one domain each, without a trust."""


def halves(here, there) -> Known:
    return TWO | {(Trust, CORP): here, (Trust, BRANCH): there}


GOOD = ([trust(BRANCH)], [trust(CORP)])


HAS: Known = {(ComputerAccount, CORP): [account("hv.corp.example")]}
"""The account of the machines."""


@pytest.mark.parametrize(
    ("one", "other", "facts", "expected"),
    [
        pytest.param(CORP, CORP, {}, Status.PASS, id="same domain needs no directory"),
        pytest.param("CORP.example", "corp.EXAMPLE.", {}, Status.PASS, id="same domain, other spelling"),
        pytest.param("CORP", CORP, forest(CORP) | HAS, Status.PASS, id="same domain, NetBIOS name"),
        pytest.param("CORP", CORP, forest(CORP), Status.UNKNOWN, id="a short name, and no account there"),
        pytest.param("CORP", "CORP", HAS, Status.UNKNOWN, id="two short names that no directory tells"),
        pytest.param("corp", CORP, forest(CORP) | forest("corp") | HAS, Status.FAIL, id="a domain of one word"),
        pytest.param(CORP, EMEA, forest(CORP, EMEA), Status.PASS, id="same forest"),
        pytest.param(
            CORP, EMEA, forest(CORP, EMEA) | {(CrossRef, CORP): GapReason.TIMEOUT}, Status.PASS, id="one side knows"
        ),
        pytest.param(
            CORP,
            EMEA,
            forest(CORP, EMEA) | {(CrossRef, CORP): GapReason.TIMEOUT, (CrossRef, EMEA): GapReason.TIMEOUT},
            Status.PASS,
            id="same forest by its root",
        ),
        pytest.param(
            CORP,
            EMEA,
            forest(CORP, EMEA)
            | {(CrossRef, domain): GapReason.TIMEOUT for domain in (CORP, EMEA)}
            | {(DomainInfo, EMEA): [DomainInfo(EMEA, "CORP.example.", "DC=x", 7)]},
            Status.PASS,
            id="by its root, in another spelling",
        ),
    ],
)
def test_one_domain_or_forest(judge: Judge, one, other, facts, expected):
    assert run(judge, one, other, facts).status is expected


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        pytest.param(*GOOD, Status.PASS, id="two-way"),
        pytest.param([trust("Branch.Example.")], [trust(CORP)], Status.PASS, id="spelling"),
        pytest.param([], [], Status.FAIL, id="none"),
        pytest.param([trust(BRANCH, 1)], [trust(CORP, 2)], Status.FAIL, id="one-way"),
        pytest.param([trust(BRANCH, 2)], [trust(CORP, 1)], Status.FAIL, id="the other way"),
        pytest.param([trust(BRANCH, 0)], [trust(CORP)], Status.FAIL, id="disabled"),
        pytest.param([trust(BRANCH)], [trust(CORP, 1)], Status.FAIL, id="mirror is one-way"),
        pytest.param([trust(BRANCH)], [], Status.FAIL, id="mirror is gone"),
        pytest.param([trust(BRANCH, kind=1)], [trust(CORP, kind=1)], Status.FAIL, id="downlevel"),
        pytest.param([trust(BRANCH, kind=3)], [trust(CORP)], Status.FAIL, id="realm"),
        pytest.param([trust(BRANCH)], [trust(CORP, kind=4)], Status.FAIL, id="DCE"),
        pytest.param([trust(EMEA)], [trust(CORP)], Status.FAIL, id="with another domain"),
        pytest.param([trust(BRANCH, attributes=SELECTIVE)], [trust(CORP)], Status.UNKNOWN, id="selective"),
        pytest.param(
            [trust(BRANCH)], [trust(CORP, attributes=FOREST | SELECTIVE)], Status.UNKNOWN, id="selective there"
        ),
        pytest.param([trust(BRANCH, attributes=0x5)], [trust(CORP, attributes=0x5)], Status.PASS, id="quarantined"),
        pytest.param(
            [trust(BRANCH, attributes=FOREST, routes=(BRANCH,))],
            [trust(CORP, attributes=FOREST, routes=(CORP,))],
            Status.PASS,
            id="forest trust of the roots",
        ),
        pytest.param(
            [trust(BRANCH, attributes=FOREST, routes=("x.example",))],
            [trust(CORP, attributes=FOREST, routes=(CORP,))],
            Status.FAIL,
            id="forest trust that does not route the root",
        ),
        pytest.param(
            [trust(BRANCH, routes=("x.example",))], [trust(CORP)], Status.PASS, id="routes count in a forest trust only"
        ),
        pytest.param(GapReason.TIMEOUT, [trust(CORP)], Status.UNKNOWN, id="one half unknown"),
        pytest.param([trust(BRANCH)], GapReason.TIMEOUT, Status.UNKNOWN, id="mirror unknown"),
        pytest.param(GapReason.TIMEOUT, [trust(CORP, 1)], Status.FAIL, id="the known half disproves it"),
        pytest.param([], GapReason.ACCESS_DENIED, Status.FAIL, id="the known side has none"),
        pytest.param([replace(trust(BRANCH), unread="x")], [trust(CORP)], Status.UNKNOWN, id="not read whole"),
        pytest.param([replace(trust(BRANCH, 1), unread="x")], [trust(CORP)], Status.UNKNOWN, id="nor is it one-way"),
        pytest.param([trust(BRANCH)], [replace(trust(CORP), unread="x")], Status.UNKNOWN, id="mirror not read whole"),
        pytest.param([replace(trust(""), unread="x")], [trust(CORP)], Status.UNKNOWN, id="of one whose name is lost"),
        pytest.param([*GOOD[0], replace(trust(""), unread="x")], [trust(CORP)], Status.PASS, id="beside the one"),
        pytest.param([*GOOD[0], replace(trust(EMEA), unread="x")], [trust(CORP)], Status.PASS, id="another beside it"),
        pytest.param([replace(trust(EMEA), unread="x")], [trust(CORP)], Status.FAIL, id="another, and none beside it"),
    ],
)
def test_two_roots(judge: Judge, here, there, expected):
    assert run(judge, CORP, BRANCH, halves(here, there)).status is expected


CHILDREN = forest(CORP, EMEA) | forest(BRANCH, SALES)


def rooted(here: Trust | GapReason, there: Trust | GapReason) -> Known:
    """A trust between the roots of two forests with a child each."""
    answers = [row if isinstance(row, GapReason) else [row] for row in (here, there)]
    return CHILDREN | {(Trust, CORP): answers[0], (Trust, BRANCH): answers[1]}


ROUTED = (
    trust(BRANCH, attributes=FOREST, routes=(BRANCH,)),
    trust(CORP, attributes=FOREST, routes=(CORP,)),
)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(rooted(*ROUTED), Status.PASS, id="routed both ways"),
        pytest.param(rooted(trust(BRANCH), trust(CORP)), Status.FAIL, id="external trust does not reach children"),
        pytest.param(
            rooted(trust(BRANCH, 2, attributes=FOREST, routes=(BRANCH,)), ROUTED[1]), Status.FAIL, id="one-way"
        ),
        pytest.param(rooted(trust(BRANCH, attributes=FOREST), ROUTED[1]), Status.UNKNOWN, id="routing not recorded"),
        pytest.param(
            rooted(ROUTED[0], trust(CORP, attributes=FOREST, routes=("apac.corp.example",))),
            Status.FAIL,
            id="mirror does not route the child",
        ),
        pytest.param(
            rooted(trust(BRANCH, attributes=FOREST | SELECTIVE, routes=(BRANCH,)), ROUTED[1]),
            Status.UNKNOWN,
            id="selective",
        ),
        pytest.param(rooted(GapReason.TIMEOUT, ROUTED[1]), Status.UNKNOWN, id="a root unknown"),
        pytest.param(
            rooted(*ROUTED) | {(DomainInfo, EMEA): [DomainInfo(EMEA, "Corp.example.", "DC=x", 7)]},
            Status.PASS,
            id="a root in another spelling",
        ),
        pytest.param(CHILDREN, Status.FAIL, id="no trust at all"),
        pytest.param(
            CHILDREN | {(Trust, EMEA): [trust(SALES)], (Trust, SALES): [trust(EMEA)]}, Status.PASS, id="direct"
        ),
        pytest.param(
            rooted(*ROUTED) | {(Trust, EMEA): [trust(SALES, 1)], (Trust, SALES): [trust(EMEA, 2)]},
            Status.PASS,
            id="a bad shortcut beside a good forest trust",
        ),
    ],
)
def test_two_children(judge: Judge, facts, expected):
    assert run(judge, EMEA, SALES, facts).status is expected


def test_a_child_that_the_forest_trust_leaves_out(judge: Judge):
    hole = (TopLevelName(BRANCH, True), TopLevelName(SALES, True, excluded=True))
    finding = run(judge, EMEA, SALES, rooted(replace(ROUTED[0], suffixes=hole), ROUTED[1]))
    assert finding.status is Status.FAIL
    assert finding.seen.endswith(f"; {CORP}: trust with {BRANCH} does not route {SALES}")
    assert finding.wanted.endswith(f"two-way trust that routes {SALES}")


def test_child_and_foreign_root(judge: Judge):
    facts = forest(CORP, EMEA) | forest(BRANCH)
    without = trust(BRANCH, attributes=FOREST)
    roots = {(Trust, CORP): [without], (Trust, BRANCH): [ROUTED[1]]}
    assert run(judge, EMEA, BRANCH, facts | roots).status is Status.PASS
    roots[Trust, BRANCH] = [trust(CORP, attributes=FOREST)]
    assert run(judge, EMEA, BRANCH, facts | roots).status is Status.UNKNOWN


GONE: Known = {(fact, BRANCH): GapReason.UNREACHABLE for fact in (CrossRef, DomainInfo, Trust)}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(forest(CORP) | GONE, Status.FAIL, id="no trust leads there"),
        pytest.param(forest(CORP) | GONE | {(Trust, CORP): [trust(BRANCH)]}, Status.UNKNOWN, id="half of one does"),
        pytest.param(
            forest(CORP) | GONE | {(Trust, CORP): [trust("example", attributes=FOREST, routes=("example",))]},
            Status.UNKNOWN,
            id="a forest trust routes the name",
        ),
        pytest.param(
            forest(CORP) | GONE | {(Trust, CORP): [trust("other.example", attributes=FOREST)]},
            Status.UNKNOWN,
            id="a forest trust may route it",
        ),
        pytest.param(
            forest(CORP) | GONE | {(Trust, CORP): [trust("other.example")]}, Status.FAIL, id="no forest trust"
        ),
        pytest.param(
            forest(CORP) | GONE | {(Trust, CORP): [trust("x.example", attributes=FOREST, routes=("x.example",))]},
            Status.FAIL,
            id="a forest trust that leads elsewhere",
        ),
        pytest.param(
            forest(CORP) | GONE | {(Trust, CORP): [replace(trust("x.example"), unread="its routes")]},
            Status.UNKNOWN,
            id="a trust that was not read whole",
        ),
        pytest.param(
            forest(CORP) | GONE | {(CrossRef, CORP): GapReason.TIMEOUT}, Status.UNKNOWN, id="perhaps one forest"
        ),
        pytest.param(forest(CORP) | GONE | {(DomainInfo, CORP): []}, Status.UNKNOWN, id="its root is not told"),
        pytest.param(
            forest(CORP) | GONE | {(DomainInfo, CORP): [DomainInfo(CORP, "corp.example.", "DC=x", 7)]},
            Status.FAIL,
            id="its root in another spelling",
        ),
        pytest.param(
            forest(CORP) | GONE | {(CrossRef, CORP): [CrossRef(CORP, "CORP"), CrossRef("", "", unread="x")]},
            Status.UNKNOWN,
            id="its list was not read whole",
        ),
        pytest.param(forest(CORP) | GONE | {(Trust, CORP): GapReason.TIMEOUT}, Status.UNKNOWN, id="nothing known"),
        pytest.param({}, Status.UNKNOWN, id="nothing asked"),
    ],
)
def test_one_domain_is_unreachable(judge: Judge, facts, expected):
    assert run(judge, CORP, BRANCH, facts).status is expected
    assert run(judge, BRANCH, CORP, facts).status is expected


@pytest.mark.parametrize(
    ("systems", "expected"),
    [
        pytest.param(([member(CORP)], [member("HOME.LAN", joined=False)]), Status.FAIL, id="one in a work group"),
        pytest.param(([member("WG", joined=False)], [member("WG", joined=False)]), Status.FAIL, id="same work group"),
        pytest.param(([member(CORP)], GapReason.TIMEOUT), Status.UNKNOWN, id="unknown"),
        pytest.param(([], [member(CORP)]), Status.UNKNOWN, id="no answer"),
    ],
)
def test_membership(judge: Judge, systems, expected):
    facts = {(ComputerSystem, HV01): systems[0], (ComputerSystem, HV11): systems[1]}
    assert judge(same_or_trusting, facts, APART).status is expected


def test_texts(judge: Judge):
    finding = run(judge, CORP, BRANCH, halves([trust(BRANCH)], [trust(CORP, 1)]))
    assert finding.seen == "branch.example: trust with corp.example is inbound only"
    assert finding.wanted == "two-way trust"
    assert "mend the trust" in finding.remedy
    assert run(judge, CORP, BRANCH, TWO).remedy.startswith("Have administrators of both domains make a two-way trust")
    evil = run(judge, CORP, "x'; Remove-Item C:\\ -Recurse #.y", TWO | {(Trust, CORP): []})
    assert "'x''; remove-item c:\\ -recurse #.y'" in evil.remedy
    selective = run(judge, CORP, BRANCH, halves([trust(BRANCH, attributes=SELECTIVE)], [trust(CORP)]))
    assert "Allowed to authenticate" in selective.note


@pytest.mark.parametrize(
    ("half", "words"),
    [
        (trust(CORP, 0), "disabled"),
        (trust(CORP, 1), "inbound only"),
        (trust(CORP, 2), "outbound only"),
        (trust(CORP, 5), "of direction 5"),
        (trust(CORP, kind=1), "downlevel (no Kerberos)"),
        (trust(CORP, kind=3), "to a Kerberos realm"),
        (trust(CORP, kind=4), "of type DCE"),
        (trust(CORP, kind=9), "of type 9"),
        (trust(CORP, 1, kind=3), "inbound only, to a Kerberos realm"),
    ],
)
def test_what_is_wrong_with_a_half_is_told(judge: Judge, half, words):
    finding = run(judge, CORP, BRANCH, halves([trust(BRANCH)], [half]))
    assert finding.seen == f"{BRANCH}: trust with {CORP} is {words}"


LISTED: Known = {(CrossRef, CORP): [CrossRef(CORP, "CORP"), CrossRef(BRANCH, "BRANCH")]}
"""corp.example lists branch.example as a domain of its forest."""
TORN: Known = {(CrossRef, BRANCH): [CrossRef(BRANCH, "BRANCH"), CrossRef("", "", unread="x")]}
UNROOTED: Known = {(DomainInfo, BRANCH): GapReason.TIMEOUT}
SAYS_SO: Known = {(DomainInfo, BRANCH): [DomainInfo(BRANCH, CORP, "DC=x", 7)]}
ONE_WAY: Known = {(Trust, CORP): [trust(BRANCH, 1)], (Trust, BRANCH): [trust(CORP, 2)]}
TRUSTING: Known = {(Trust, CORP): GOOD[0], (Trust, BRANCH): GOOD[1]}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(TWO | LISTED, Status.UNKNOWN, id="one list holds what the other and both roots deny"),
        pytest.param(TWO | LISTED | UNROOTED, Status.UNKNOWN, id="one list, and the other one denies it"),
        pytest.param(TWO | LISTED | TORN, Status.UNKNOWN, id="one list, and the roots deny it"),
        pytest.param(TWO | LISTED | TORN | UNROOTED, Status.PASS, id="one list, and nothing else was read whole"),
        pytest.param(TWO | SAYS_SO, Status.UNKNOWN, id="one root, by one side alone"),
        pytest.param(TWO | SAYS_SO | LISTED, Status.UNKNOWN, id="the root and a list, and the other list denies it"),
        pytest.param(TWO | SAYS_SO | LISTED | TORN, Status.PASS, id="the root and a list"),
        pytest.param(TWO | LISTED | ONE_WAY, Status.UNKNOWN, id="a trust that does not do"),
        pytest.param(TWO | LISTED | TRUSTING, Status.PASS, id="a trust that does, whatever the forest"),
        pytest.param(TWO, Status.FAIL, id="all agree that it is none"),
    ],
)
def test_a_forest_is_one_only_by_the_word_of_both_sides(judge: Judge, facts, expected):
    for one, other in ((CORP, BRANCH), (BRANCH, CORP)):
        finding = run(judge, one, other, facts)
        assert finding.status is expected
        assert ("is told in two ways" in finding.note) is (expected is Status.UNKNOWN)


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        pytest.param((CrossRef(BRANCH, "BRANCH"),), Status.PASS, id="listed"),
        pytest.param((CrossRef("Branch.example.", "BRANCH"),), Status.PASS, id="in another spelling"),
        pytest.param((CrossRef(BRANCH, "BRANCH"), CrossRef("", "", unread="x")), Status.PASS, id="beside a torn one"),
        pytest.param((CrossRef(BRANCH, "BRANCH", unread="x"),), Status.UNKNOWN, id="in a row that is torn itself"),
    ],
)
def test_one_list_that_holds_the_other_where_nothing_else_was_read_whole(judge: Judge, listed, expected):
    facts = TWO | TORN | UNROOTED | {(CrossRef, CORP): [CrossRef(CORP, "CORP"), *listed]}
    assert run(judge, CORP, BRANCH, facts).status is expected
    assert run(judge, BRANCH, CORP, facts).status is expected


@pytest.mark.parametrize(
    ("authentication", "expected"), [("kerberos", Status.FAIL), ("certificate", Status.NOT_APPLICABLE)]
)
def test_what_replicates_with_kerberos_needs_a_trust_and_with_certificates_none(authentication, expected):
    where = replace(APART, profiles=frozenset(Profile), replica=Replica(authentication=authentication))
    hosts = {(ComputerSystem, HV01): [member(CORP)], (ComputerSystem, HV11): [member(BRANCH)]}
    found = list(judge_check(same_or_trusting, evidence(hosts | TWO, where)))
    assert {finding.profile: finding.status for finding in found} == {
        Profile.LIVE_MIGRATION: Status.FAIL,
        Profile.REPLICA: expected,
        Profile.ASR_VMM: expected,
    }
    told = {finding.profile for finding in found if '[replica] authentication = "certificate"' in finding.note}
    assert told == ({Profile.REPLICA, Profile.ASR_VMM} if expected is Status.FAIL else set())
