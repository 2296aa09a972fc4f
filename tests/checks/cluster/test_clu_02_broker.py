from __future__ import annotations

from dataclasses import replace

import pytest

from checks.cluster.clu_02_broker import replica_broker
from scanner.api import GapReason, Profile, Route, Status
from scanner.facts.address_origin import DHCP, MANUAL, AddressOrigin
from scanner.facts.cluster_resources import BROKER, ClusterNode, ClusterParameters, ClusterResource
from scanner.facts.host import ClusterInfo, ComputerSystem
from scanner.facts.network import NetworkAdapter
from tests.checks.common.certified import CLUSTER, addresses, node, planned
from tests.checks.delegation.domain import system
from tests.conftest import HV01, HV02, Judge

LATER = planned(profile=Profile.ASR_VMM, configured=False)


def facts(*more):
    found = {(ComputerSystem, one): [system(one)] for one in (HV01, HV02)}
    found |= {(ClusterInfo, HV01): []}
    for rows in (node(HV02), *more):
        found.update(rows)
    return found


def run(judge: Judge, *more, where=None):
    return judge(replica_broker, facts(*more), where or planned(), subject=CLUSTER)


def resources(*states: int, beside: int = 2):
    rows = node(HV02)[ClusterResource, HV02]
    assert not isinstance(rows, GapReason)
    first, *others = [replace(row, state=beside) for row in rows if isinstance(row, ClusterResource)]
    brokers = [
        replace(first, id=f"{number}", name=f"Broker {number}", state=state) for number, state in enumerate(states)
    ]
    return {(ClusterResource, HV02): [*brokers, *others]}


NONE = resources()


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ((2,), Status.PASS),
        ((3,), Status.FAIL),
        ((4,), Status.FAIL),
        ((0,), Status.UNKNOWN),
        ((1,), Status.UNKNOWN),
        ((128,), Status.UNKNOWN),
        ((129,), Status.UNKNOWN),
        ((130,), Status.UNKNOWN),
        ((4294967295,), Status.UNKNOWN),
        ((), Status.FAIL),
        ((2, 2), Status.UNKNOWN),
    ],
)
@pytest.mark.parametrize("where", [planned("kerberos"), planned(), planned(profile=Profile.ASR_VMM)])
def test_state(judge: Judge, states, expected, where):
    assert run(judge, resources(*states), where=where).status is expected


def test_a_failed_one_is_started_and_not_made_again(judge: Judge):
    finding = run(judge, resources(4, beside=3))
    assert finding.remedy == "Start-ClusterResource -Cluster 'hv02.corp.example' -Name 'Broker 0'"
    assert "Name (Network Name, offline), Address (IP Address, offline)" in finding.seen
    assert "Add-ClusterServerRole" not in finding.remedy


def test_what_is_not_online_beside_one_that_is(judge: Judge):
    finding = run(judge, resources(2, beside=3))
    assert (finding.status, "Name (Network Name) is offline" in finding.note) == (Status.UNKNOWN, True)


@pytest.mark.parametrize(
    ("lost", "expected"),
    [
        pytest.param({"Name"}, Status.UNKNOWN, id="its name"),
        pytest.param({"Address"}, Status.UNKNOWN, id="its only address"),
        pytest.param({"Cluster Name"}, Status.PASS, id="a name of another role"),
    ],
)
def test_one_that_nobody_finds(judge: Judge, lost, expected):
    (rows,) = [rows for (fact, _), rows in node(HV02).items() if fact is ClusterResource]
    told = [replace(row, state=3 if row.name in lost else 2) for row in rows]
    assert run(judge, {(ClusterResource, HV02): told}).status is expected


def test_one_of_two_addresses_will_do(judge: Judge):
    (rows,) = [rows for (fact, _), rows in node(HV02).items() if fact is ClusterResource]
    other = [replace(row, id="x", name="Other", state=3) for row in rows if row.name == "Address"]
    finding = run(judge, {(ClusterResource, HV02): [*rows, *other]})
    assert (finding.status, "not online: Other" in finding.note) == (Status.PASS, True)


def test_none_is_made_by_a_person(judge: Judge):
    assert "Hyper-V Replica Broker, with a name of its own and a free address" in run(judge, NONE).remedy
    by_dhcp = {(ClusterParameters, HV02): [ClusterParameters("x", None, None, "10.0.0.9", 1)]}
    assert "of its own. The cluster's" in run(judge, NONE, by_dhcp).remedy


def test_the_type_counts_and_not_the_name(judge: Judge):
    rows = node(HV02)[ClusterResource, HV02]
    assert not isinstance(rows, GapReason)
    misnamed = [replace(row, kind="Generic Service", name=BROKER) for row in rows if isinstance(row, ClusterResource)]
    assert run(judge, {(ClusterResource, HV02): misnamed}).status is Status.FAIL


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        pytest.param({}, Status.WARN, id="DHCP"),
        pytest.param(addresses(HV02, DHCP, MANUAL), Status.FAIL, id="one by hand"),
        pytest.param(addresses(HV02, DHCP, None), Status.UNKNOWN, id="one of which it is not told"),
        pytest.param(addresses(HV02), Status.FAIL, id="none of DHCP"),
        pytest.param(addresses(HV02, 4), Status.FAIL, id="a router's alone"),
        pytest.param(addresses(HV02, DHCP, given=("10.0.0.50",)), Status.WARN, id="the cluster's own"),
        pytest.param(addresses(HV02, DHCP, given=("10.0.0.51",)), Status.FAIL, id="not the cluster's"),
        pytest.param(addresses(HV02, DHCP, MANUAL, up=False), Status.FAIL, id="not connected"),
        pytest.param({(AddressOrigin, HV02): GapReason.TIMEOUT}, Status.UNKNOWN, id="unread"),
        pytest.param({(NetworkAdapter, HV02): GapReason.TIMEOUT}, Status.UNKNOWN, id="adapters unread"),
        pytest.param({(ClusterParameters, HV02): GapReason.TIMEOUT}, Status.UNKNOWN, id="parameters unread"),
        pytest.param({(ClusterNode, HV02): GapReason.TIMEOUT}, Status.UNKNOWN, id="nodes unread"),
        pytest.param(
            {(ClusterNode, HV02): [ClusterNode("HV02", 0), ClusterNode("hv03", 0)]}, Status.UNKNOWN, id="another node"
        ),
        pytest.param(
            {(ClusterNode, HV02): [ClusterNode("hv03", 0)], **addresses(HV02, MANUAL)}, Status.FAIL, id="one will do"
        ),
    ],
)
def test_before_site_recovery_makes_it(judge: Judge, more, expected):
    assert run(judge, NONE, more, where=LATER).status is expected
    assert run(judge, NONE, more).status is Status.FAIL
    assert run(judge, NONE, more, where=planned(profile=Profile.ASR_VMM)).status is Status.FAIL


def test_what_a_disconnected_adapter_has_is_not_meant(judge: Judge):
    both = addresses(HV02, DHCP)
    rows, adapters = both[AddressOrigin, HV02], both[NetworkAdapter, HV02]
    more = {
        (AddressOrigin, HV02): [*rows, AddressOrigin("10.9.9.9", 7, 2, 4, 1, MANUAL)],  # type: ignore[misc]
        (NetworkAdapter, HV02): [*adapters, NetworkAdapter(7, "Spare", 2, 2, None)],  # type: ignore[misc]
    }
    assert run(judge, NONE, more, where=LATER).status is Status.WARN
    up = {(NetworkAdapter, HV02): [*adapters, NetworkAdapter(7, "Spare", 1, 1, None)]}  # type: ignore[misc]
    assert run(judge, NONE, more, up, where=LATER).status is Status.FAIL


def test_what_is_not_in_use_is_not_meant(judge: Judge):
    rows = addresses(HV02, DHCP)[AddressOrigin, HV02]
    old = [AddressOrigin("10.9.9.9", 4, 2, 0, 0, MANUAL), AddressOrigin("10.9.9.8", 4, 2, 2, 1, MANUAL)]
    assert run(judge, NONE, {(AddressOrigin, HV02): [*rows, *old]}, where=LATER).status is Status.WARN  # type: ignore[misc]


def test_no_replication(judge: Judge):
    where = planned(hosts=(HV01, HV02), routes=(Route(HV01, "hv09.corp.example"),))
    assert run(judge, where=where).status is Status.NOT_APPLICABLE


def test_unread(judge: Judge):
    assert run(judge, {(ClusterResource, HV02): GapReason.TIMEOUT}).status is Status.UNKNOWN
    assert run(judge, {(ClusterParameters, HV02): GapReason.TIMEOUT}).status is Status.UNKNOWN


def test_one_node_that_answers_is_enough(judge: Judge):
    second = {**node(HV01, HV02), (ClusterResource, HV01): GapReason.TIMEOUT}
    assert run(judge, second).status is Status.PASS
    assert run(judge, second, resources(4)).status is Status.FAIL


def test_no_cluster(judge: Judge):
    assert judge(replica_broker, facts({(ClusterInfo, HV02): []}), planned()).status is Status.NOT_APPLICABLE


@pytest.mark.parametrize("where", [LATER, planned(configured=False)], ids=["asr", "replica"])
def test_a_broker_that_is_there_is_judged_before_site_recovery_sets_anything_up(judge: Judge, where):
    assert run(judge, resources(4), where=where).status is Status.FAIL
    assert run(judge, where=where).status is Status.PASS


def test_site_recovery_makes_no_broker_for_replication_without_it(judge: Judge):
    assert run(judge, NONE, where=planned(configured=False)).status is Status.FAIL
