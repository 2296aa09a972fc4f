from __future__ import annotations

import pytest

from checks.cluster.clu_04_certificates import broker_certificates
from scanner.api import GapReason, Profile, Route, Status
from scanner.facts.certificates import OwnCertificate
from scanner.facts.cluster_resources import ClusterNode, ClusterResource
from scanner.facts.host import ComputerSystem
from scanner.facts.replica_certificates import BrokerCertificate, ReplicaCertificate, ReplicationCertificate
from tests.checks.cluster.test_clu_02_broker import NONE
from tests.checks.common.certified import BROKER_NAME, CLUSTER, node, own, pair, planned
from tests.checks.delegation.domain import account, known
from tests.conftest import CORP, HV01, HV02, Judge

BROKER, MINE = own(BROKER_NAME), own(HV02)
SENDS = planned(routes=(Route(HV02, HV01),))


def run(judge: Judge, *more, where=None):
    return judge(broker_certificates, pair(node(HV02), *more), where or planned(), subject=CLUSTER)


def holds(*rows: OwnCertificate):
    return {(OwnCertificate, HV02): list(rows)}


def chosen(broker: str, mine: str = MINE.thumbprint):
    return {
        (BrokerCertificate, HV02): [BrokerCertificate(broker, (), ())],
        (ReplicaCertificate, HV02): [ReplicaCertificate(mine)],
    }


ONE = own("x", names=[HV02, BROKER_NAME])
AGAIN = own(BROKER_NAME, purposes=["server"])


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        pytest.param([], Status.PASS, id="both"),
        pytest.param([holds(MINE)], Status.FAIL, id="not the broker's"),
        pytest.param([holds(BROKER)], Status.FAIL, id="not its own"),
        pytest.param([holds(MINE, AGAIN)], Status.FAIL, id="another for the broker's name"),
        pytest.param([holds(ONE), chosen(ONE.thumbprint, ONE.thumbprint)], Status.PASS, id="one for both"),
        pytest.param([holds(MINE), chosen(MINE.thumbprint)], Status.FAIL, id="its own for the broker"),
        pytest.param([chosen("")], Status.FAIL, id="none chosen for the broker"),
        pytest.param([chosen(BROKER.thumbprint, "")], Status.FAIL, id="none chosen for itself"),
        pytest.param([chosen(BROKER.thumbprint, BROKER.thumbprint)], Status.FAIL, id="the broker's for itself"),
        pytest.param([{(OwnCertificate, HV02): GapReason.TIMEOUT}], Status.UNKNOWN, id="unread"),
        pytest.param([{(BrokerCertificate, HV02): GapReason.TIMEOUT}], Status.UNKNOWN, id="settings unread"),
        pytest.param([{(BrokerCertificate, HV02): []}], Status.UNKNOWN, id="no module"),
        pytest.param([{(ReplicaCertificate, HV02): GapReason.TIMEOUT}], Status.UNKNOWN, id="own settings unread"),
        pytest.param([{(ClusterNode, HV02): [ClusterNode("hv03", 0)]}], Status.UNKNOWN, id="another node"),
        pytest.param([{(ClusterNode, HV02): [ClusterNode("hv03", 0)]}, holds(MINE)], Status.FAIL, id="one will do"),
        pytest.param([NONE], Status.NOT_APPLICABLE, id="no broker"),
        pytest.param([{(ClusterResource, HV02): GapReason.TIMEOUT}], Status.UNKNOWN, id="broker unread"),
        pytest.param([holds(OwnCertificate(MINE.path, "00"), BROKER)], Status.UNKNOWN, id="unreadable"),
    ],
)
def test_receiving(judge: Judge, more, expected):
    found = run(judge, *more)
    assert found.status is expected, (found.seen, found.note)


def relation(thumbprint: str, authentication: int = 2, end: str = "0") -> ReplicationCertificate:
    return ReplicationCertificate(f"Microsoft:X\\HVR\\{end}", authentication, BROKER_NAME, HV01, thumbprint)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        pytest.param([holds(BROKER), chosen("", "")], Status.PASS, id="the broker's alone"),
        pytest.param([holds(MINE)], Status.FAIL, id="its own alone"),
        pytest.param([holds()], Status.FAIL, id="none"),
        pytest.param([{(ReplicationCertificate, HV02): [relation(BROKER.thumbprint)]}], Status.PASS, id="used"),
        pytest.param([{(ReplicationCertificate, HV02): [relation(MINE.thumbprint)]}], Status.FAIL, id="its own used"),
        pytest.param([{(ReplicationCertificate, HV02): [relation("AB" * 20)]}], Status.FAIL, id="one not there used"),
        pytest.param([{(ReplicationCertificate, HV02): [relation("AB" * 20, 1)]}], Status.PASS, id="with Kerberos"),
        pytest.param([{(ReplicationCertificate, HV02): [relation("")]}], Status.PASS, id="which is not told"),
        pytest.param([{(ReplicationCertificate, HV02): [relation("AB" * 20, 2, "1")]}], Status.PASS, id="extended"),
        pytest.param([{(ReplicationCertificate, HV02): GapReason.TIMEOUT}], Status.UNKNOWN, id="unread"),
    ],
)
def test_sending_alone(judge: Judge, more, expected):
    found = run(judge, *more, where=SENDS)
    assert found.status is expected, (found.seen, found.note)


def ports(*rows: str, kerberos: bool = False):
    kinds = (rows, ()) if kerberos else ((), rows)
    return {(BrokerCertificate, HV02): [BrokerCertificate(BROKER.thumbprint, *kinds)]}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((), Status.PASS),
        ((f"{HV02}=443", f"{BROKER_NAME.upper()}=444"), Status.PASS),
        ((f"{HV02}=443",), Status.FAIL),
        ((f"{BROKER_NAME}=444",), Status.FAIL),
    ],
)
def test_ports(judge: Judge, rows, expected):
    assert run(judge, ports(*rows)).status is expected
    kerberos = Status.NOT_APPLICABLE if not rows else expected
    assert run(judge, ports(*rows, kerberos=True), where=planned("kerberos")).status is kerberos
    assert run(judge, ports(*rows, kerberos=True)).status is Status.PASS


def test_a_node_of_no_estate_must_stand_in_the_table(judge: Judge):
    more = {(ClusterNode, HV02): [ClusterNode("hv02", 0), ClusterNode("HV03", 0)]}
    finding = run(judge, ports(f"{HV02}=1", f"{BROKER_NAME}=2", kerberos=True), more, where=planned("kerberos"))
    assert finding.status is Status.FAIL
    assert "lacks HV03" in finding.seen
    whole = ports(f"{HV02}=1", f"{BROKER_NAME}=2", "hv03.corp.example=3", kerberos=True)
    assert run(judge, whole, more, where=planned("kerberos")).status is Status.PASS


def test_every_node_is_judged(judge: Judge):
    assert run(judge, node(HV01, HV02)).status is Status.PASS
    lost = {**node(HV01, HV02), (OwnCertificate, HV01): [own(HV01)]}
    finding = run(judge, lost)
    assert finding.status is Status.FAIL
    assert f"LocalMachine\\My of {HV01} does not hold" in finding.seen


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [((), (), Status.NOT_APPLICABLE), ((f"{HV02}=1",), (), Status.FAIL), ((), (f"{HV02}=1",), Status.FAIL)],
)
def test_every_node_tells_the_table(judge: Judge, one, other, expected):
    """What one node does not tell, another may."""
    more = {
        (BrokerCertificate, host): [BrokerCertificate(BROKER.thumbprint, rows, ())]
        for host, rows in ((HV01, one), (HV02, other))
    }
    assert run(judge, node(HV01, HV02), more, where=planned("kerberos")).status is expected


def test_a_broker_that_one_node_alone_tells_is_one(judge: Judge):
    gone = {(fact, HV01): rows for (fact, _), rows in NONE.items()}
    found = run(judge, node(HV01, HV02), gone)
    assert found.status is not Status.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (planned(profile=Profile.ASR_VMM), Status.PASS),
        (planned(profile=Profile.ASR_VMM, configured=False), Status.NOT_APPLICABLE),
        (planned(routes=(Route(HV01, "hv09.corp.example"),)), Status.NOT_APPLICABLE),
        (planned("kerberos"), Status.NOT_APPLICABLE),
    ],
)
def test_plan(judge: Judge, where, expected):
    assert run(judge, where=where).status is expected


def test_kerberos_and_settings_unread(judge: Judge):
    more = {(BrokerCertificate, HV02): GapReason.TIMEOUT}
    assert run(judge, more, where=planned("kerberos")).status is Status.UNKNOWN


HV03 = "hv03.corp.example"
NO_KEY = own(BROKER_NAME, row={"private_key": False})


@pytest.mark.parametrize(
    ("shared", "mine", "expected"),
    [
        pytest.param(BROKER, own(HV03), Status.PASS, id="both sound"),
        pytest.param(NO_KEY, own(HV03), Status.FAIL, id="the broker's came without its key"),
        pytest.param(BROKER, own(HV03, ends="2026-11-20"), Status.FAIL, id="its own is no longer valid"),
        pytest.param(BROKER, own(HV03, row={"key_spec": 2}), Status.FAIL, id="its own is for signatures"),
    ],
)
def test_a_node_that_no_route_names_is_looked_at_here(judge: Judge, shared, mine, expected):
    third = {**node(HV03, HV02), (OwnCertificate, HV03): [mine, shared]}
    third[ReplicaCertificate, HV03] = [ReplicaCertificate(mine.thumbprint)]
    third[ComputerSystem, HV03] = [ComputerSystem("HV03", "hv03", CORP, True, 3)]
    both = {(ClusterNode, HV02): [ClusterNode("hv02", 0), ClusterNode("hv03", 0)]}
    found = run(judge, third, both, known(account(HV01), account(HV02), account(HV03)))
    assert found.status is expected, (found.seen, found.note)


def test_of_a_route_s_end_rep_05_says_it(judge: Judge):
    assert run(judge, holds(MINE, NO_KEY)).status is Status.PASS


@pytest.mark.parametrize(("mine", "expected"), [(BROKER, Status.PASS), (NO_KEY, Status.FAIL)])
def test_a_sending_node_that_no_route_names(judge: Judge, mine, expected):
    third = {**node(HV03, HV02), (OwnCertificate, HV03): [mine]}
    both = {(ClusterNode, HV02): [ClusterNode("hv02", 0), ClusterNode("hv03", 0)]}
    found = run(judge, third, both, known(account(HV01), account(HV02), account(HV03)), where=SENDS)
    assert found.status is expected, (found.seen, found.note)


def test_a_cluster_that_receives_by_one_route_of_several_receives(judge: Judge):
    where = planned(routes=(Route(HV01, HV02), Route(HV01, "hv09.corp.example")))
    assert run(judge, chosen(""), where=where).status is Status.FAIL
    assert run(judge, where=where).status is Status.PASS


def test_what_a_certificate_says_of_itself_is_said_once(judge: Judge):
    """Of a node on which one of two planned routes ends, REP-05 says it."""
    bad = own(BROKER_NAME, purposes=["server"])
    two = planned(routes=(Route(HV01, HV02), Route(HV01, "hv09.corp.example")))
    assert run(judge, holds(MINE, bad), chosen(bad.thumbprint), where=two).status is Status.PASS


@pytest.mark.parametrize("rows", [(AGAIN, BROKER), (BROKER, AGAIN)])
def test_of_two_for_the_brokers_name_on_an_idle_node_the_better_one_counts(judge: Judge, rows):
    idle = {**node(HV02, HV01), (OwnCertificate, HV02): list(rows)}
    where = planned(routes=(Route(HV01, "hv09.corp.example"),))
    assert run(judge, node(HV01, HV02), idle, where=where).status is Status.PASS
    alone = {**idle, (OwnCertificate, HV02): [AGAIN]}
    assert run(judge, node(HV01, HV02), alone, where=where).status is Status.FAIL


def test_a_table_may_write_names_with_a_dot(judge: Judge):
    assert run(judge, ports(f"{HV02}.=443", f"{BROKER_NAME}.=444")).status is Status.PASS
    assert run(judge, ports(f".{HV02}=443", f"{BROKER_NAME}=444")).status is Status.FAIL
