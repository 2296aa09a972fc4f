from __future__ import annotations

import pytest

from checks.identity.kerberos import CERTIFICATES
from checks.replica.rep_02_authentication import authentication
from scanner.api import Fact, GapReason, Route, Status
from scanner.facts.directory import CrossRef, DomainInfo, Trust
from scanner.facts.host import ComputerSystem
from scanner.facts.network import ConnectionProfile, DefaultRoute, EndpointProbe, IPAddress, NetworkAdapter
from scanner.judge.judging import asks_of
from tests.checks.common.builders import GONE, NEXT_TO_IT, adapter, address, probe
from tests.checks.replica.builders import (
    ASR,
    BOTH,
    BY_CERTIFICATE,
    CERTIFICATE,
    OFF,
    OWN,
    Known,
    member,
    module,
    node,
    plan,
    receiving,
)
from tests.conftest import BRANCH, CORP, HV01, HV02, Judge, evidence

WAY = {"local": "10.20.0.9", "remote": "10.20.0.5"}
HERE = {(ComputerSystem, HV01): [member(HV01)]}
PRIVATE = [ConnectionProfile(7, 1, 1, 1)]


def facts(own=OWN, *more: Known, outcome: str = "Connected", port: int = 80, receives: Known | None = None) -> Known:
    known: Known = (receives or receiving(own)) | HERE | NEXT_TO_IT
    for host in (HV01, HV02):
        known |= {(ConnectionProfile, host): PRIVATE, (DefaultRoute, host): []}
    known[EndpointProbe, HV01] = [probe(f"{HV02}:{port}", outcome, **WAY)]
    for one in more:
        known |= one
    return known


def here(domain: str, *, joined: bool = True) -> Known:
    return {(ComputerSystem, HV01): [member(HV01, domain, joined=joined)]}


def forest(*partners: str, root: str) -> Known:
    trusts = [Trust(name, name.partition(".")[0].upper(), 3, 2, 0, ()) for name in partners]
    return {
        (CrossRef, root): [CrossRef(root, root.partition(".")[0].upper())],
        (DomainInfo, root): [DomainInfo(root, root, "DC=x", 7)],
        (Trust, root): trusts,
    }


TRUSTED = forest(BRANCH, root=CORP) | forest(CORP, root=BRANCH)
APART = forest(root=CORP) | forest(root=BRANCH)


@pytest.mark.parametrize(
    ("known", "where", "expected"),
    [
        pytest.param(facts(), plan(), Status.PASS, id="Kerberos, one domain"),
        pytest.param(facts(BOTH), plan(), Status.PASS, id="both allowed"),
        pytest.param(facts(BOTH, port=443), plan(**CERTIFICATE), Status.PASS, id="both allowed, certificate"),
        pytest.param(facts(BY_CERTIFICATE, port=443), plan(**CERTIFICATE), Status.PASS, id="certificate"),
        pytest.param(facts(BY_CERTIFICATE), plan(), Status.FAIL, id="certificate alone, Kerberos planned"),
        pytest.param(facts(OWN, port=443), plan(**CERTIFICATE), Status.FAIL, id="Kerberos alone, certificate planned"),
        pytest.param(facts(receives=receiving(BOTH, [module(BY_CERTIFICATE)])), plan(), Status.FAIL, id="the module's"),
        pytest.param(facts(receives=receiving(BY_CERTIFICATE, [module(BOTH)])), plan(), Status.FAIL, id="its own"),
        pytest.param(facts(receives=node(BY_CERTIFICATE, [module(BOTH)])), plan(), Status.PASS, id="the broker's"),
        pytest.param(facts(receives=node(BOTH, [module(BY_CERTIFICATE)])), plan(), Status.FAIL, id="not the broker's"),
        pytest.param(facts(OFF), plan(), Status.PASS, id="off: REP-01 says so, and the domains fit"),
        pytest.param(facts(OFF), plan(**CERTIFICATE), Status.NOT_APPLICABLE, id="off, certificate"),
        pytest.param(
            facts(receives=receiving(OFF, [module(OWN)])), plan(**CERTIFICATE), Status.NOT_APPLICABLE, id="off by one"
        ),
        pytest.param(facts(OWN, here("WORKGROUP", joined=False)), plan(), Status.FAIL, id="the source in no domain"),
        pytest.param(
            facts(OWN, {(ComputerSystem, HV02): [member(HV02, "W", joined=False)]}), plan(), Status.FAIL, id="likewise"
        ),
        pytest.param(
            facts(BY_CERTIFICATE, here("WORKGROUP", joined=False), port=443),
            plan(**CERTIFICATE),
            Status.PASS,
            id="certificates need no domain",
        ),
        pytest.param(facts(OWN, here(BRANCH), TRUSTED), plan(), Status.PASS, id="domains that trust each other"),
        pytest.param(facts(OWN, here(BRANCH), APART), plan(), Status.FAIL, id="domains that do not"),
        pytest.param(facts(OWN, here(BRANCH)), plan(), Status.UNKNOWN, id="no directory was read"),
        pytest.param(facts(OWN, {(ComputerSystem, HV01): GONE}), plan(), Status.UNKNOWN, id="no domain read"),
        pytest.param(
            facts(BY_CERTIFICATE, {(ComputerSystem, HV01): GONE}), plan(), Status.FAIL, id="whatever the domain is"
        ),
        pytest.param(facts(receives=receiving(GONE, GONE)), plan(port=80), Status.UNKNOWN, id="settings unread"),
        pytest.param(
            facts(OWN, here("W", joined=False), receives=receiving(GONE, GONE)), plan(port=80), Status.FAIL, id="no way"
        ),
        pytest.param(facts(receives=receiving(services=GONE)), plan(), Status.UNKNOWN, id="a node or none"),
        pytest.param(facts(OWN, {(EndpointProbe, HV01): []}), plan(), Status.UNKNOWN, id="nobody tried"),
    ],
)
def test_authentication(judge: Judge, known, where, expected):
    assert judge(authentication, known, where).status is expected


@pytest.mark.parametrize(
    ("known", "words", "expected"),
    [
        pytest.param(facts(BY_CERTIFICATE, port=8083), {}, Status.PASS, id="what it allows now says nothing"),
        pytest.param(facts(OFF, here("W", joined=False), port=8083), {}, Status.FAIL, id="no domain"),
        pytest.param(facts(OFF, port=8084), CERTIFICATE, Status.NOT_APPLICABLE, id="certificates are made"),
    ],
)
def test_before_site_recovery_sets_it_up(judge: Judge, known, words, expected):
    assert judge(authentication, known, plan(*ASR, configured=False, **words)).status is expected


PUBLIC = [ConnectionProfile(7, 0, 4, 0)]
GATEWAY = [DefaultRoute("0.0.0.0/0", "10.20.0.1", 7, 0, 1)]


@pytest.mark.parametrize(
    ("more", "expected", "said"),
    [
        pytest.param({}, Status.PASS, "", id="private"),
        pytest.param({(ConnectionProfile, HV02): PUBLIC}, Status.WARN, "leads to the internet", id="where it comes in"),
        pytest.param({(ConnectionProfile, HV01): PUBLIC}, Status.WARN, f"from {HV01}", id="where it goes out"),
        pytest.param({(DefaultRoute, HV02): GATEWAY}, Status.PASS, "does not encrypt", id="not settled is a note"),
        pytest.param({(ConnectionProfile, HV02): GapReason.TIMEOUT}, Status.UNKNOWN, "", id="unread"),
        pytest.param({(IPAddress, HV01): GONE}, Status.UNKNOWN, "", id="its addresses unread"),
    ],
)
def test_kerberos_sends_in_clear(judge: Judge, more, expected, said):
    finding = judge(authentication, facts(OWN, more), plan())
    assert finding.status is expected
    assert said in f"{finding.seen} {finding.note}"
    assert bool(finding.works) is (expected is Status.WARN)


def test_certificates_encrypt(judge: Judge):
    known = facts(BY_CERTIFICATE, {(ConnectionProfile, HV02): PUBLIC}, port=443)
    assert judge(authentication, known, plan(**CERTIFICATE)).status is Status.PASS


@pytest.mark.parametrize("outcome", ["Refused", "TimedOut"])
def test_a_way_that_nobody_took_is_not_judged(judge: Judge, outcome):
    known = facts(OWN, {(ConnectionProfile, HV02): PUBLIC}, outcome=outcome)
    assert judge(authentication, known, plan()).status is Status.PASS


def test_of_two_adapters_the_one_that_was_taken_counts(judge: Judge):
    more: dict[tuple[type[Fact], str], object] = {
        (IPAddress, HV02): [address("10.20.0.5/24"), address("10.30.0.5/24", interface=9)],
        (NetworkAdapter, HV02): [adapter(), adapter(9)],
        (ConnectionProfile, HV02): [*PRIVATE, ConnectionProfile(9, 0, 4, 0)],
    }
    assert judge(authentication, facts(OWN, more), plan()).status is Status.PASS


def test_what_mends_it(judge: Judge):
    remedy = judge(authentication, facts(BY_CERTIFICATE), plan()).remedy
    assert remedy.startswith("In the Hyper-V settings of hv02.corp.example")
    assert "Kerberos and certificate" in remedy
    assert CERTIFICATES in judge(authentication, facts(OWN, here("W", joined=False)), plan()).note
    assert CERTIFICATES in judge(authentication, facts(OWN, here(BRANCH), APART), plan()).note


def test_the_port_is_tried():
    (ask,) = asks_of([authentication], evidence(facts(), plan()))
    assert (ask.fact, ask.target, ask.argument) == (EndpointProbe, HV01, f"{HV02}:80")


def test_a_route_is_judged_in_its_direction(judge: Judge):
    known = facts(OWN) | receiving(BY_CERTIFICATE, host=HV01)
    where = plan(routes=(Route(HV01, HV02),))
    assert judge(authentication, known, where).status is Status.PASS
