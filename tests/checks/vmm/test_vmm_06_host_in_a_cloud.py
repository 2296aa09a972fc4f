from __future__ import annotations

from dataclasses import replace

import pytest

from checks.vmm.vmm_06_host_in_a_cloud import host_in_a_cloud
from scanner.api import CloudPair, GapReason, Profile, Route, Status
from scanner.facts.vm import VirtualMachineSettings
from scanner.facts.vmm import Cloud, VmmHost, VmmServer
from tests.checks.common.builders import machine
from tests.checks.vmm.vmm_rows import PRIMARY, RECOVERY, SERVER, VMM1, VMM2, cloud, estate, facts, ha_facts, host
from tests.conftest import HV01, HV02, HV11

ONE = (machine(),)
ALONE = estate(hosts=(HV01,))
GUEST = replace(SERVER, profile=4)
SPARE = cloud("c3", "Spare")


def judged(judge, *rows, where=ALONE, vms=ONE, more=None, **given):
    known = facts(hosts=rows, **given) | {(VirtualMachineSettings, HV01): list(vms)} | (more or {})
    return judge(host_in_a_cloud, known, where, subject=HV01)


@pytest.mark.parametrize(
    ("group", "status"),
    [
        ("All Hosts\\Primary", Status.PASS),
        ("all hosts\\primary\\Rack 1", Status.PASS),
        ("All Hosts\\Recovery", Status.PASS),
        ("All Hosts\\Primary2", Status.FAIL),
        ("All Hosts\\Prim", Status.FAIL),
        ("All Hosts", Status.FAIL),
        (None, Status.UNKNOWN),
    ],
)
def test_the_host_group(judge, group, status):
    assert judged(judge, host("hv01", group=group)).status is status


def test_vmm_does_not_know_the_host(judge):
    assert judged(judge, host("hv02")).status is Status.FAIL
    assert judged(judge).status is Status.FAIL
    assert judged(judge, host("hv02"), server=GUEST).status is Status.UNKNOWN


def test_a_cloud_of_no_pair(judge):
    there = host("hv01", group="All Hosts\\Spare")
    clouds = [PRIMARY, RECOVERY, SPARE]
    finding = judged(judge, there, clouds=clouds)
    assert finding.status is Status.FAIL
    assert "Spare on vmm01.corp.example, which no pair of the estate names" in finding.seen
    assert judged(judge, there, clouds=clouds, where=estate(hosts=(HV01,), cloud_pairs=())).status is Status.PASS
    by_id = estate(hosts=(HV01,), cloud_pairs=(CloudPair(VMM1, "{C3}", VMM1, "c2"),))
    assert judged(judge, there, clouds=clouds, where=by_id).status is Status.PASS


def test_a_pair_of_another_server_names_another_cloud(judge):
    where = estate(hosts=(HV01,), vmm_servers=(VMM1, VMM2), cloud_pairs=(CloudPair(VMM2, "Primary", VMM2, "Recovery"),))
    more = facts(hosts=[], name=VMM2)
    assert judged(judge, host("hv01"), where=where, more=more).status is Status.FAIL


def test_who_sees_a_part_of_the_clouds(judge):
    assert judged(judge, host("hv01"), clouds=[RECOVERY], server=GUEST).status is Status.UNKNOWN
    assert judged(judge, host("hv01"), server=GUEST).status is Status.PASS


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"overall_state": 2}, Status.FAIL),
        ({"overall_state": 8}, Status.WARN),
        ({"overall_state": 4}, Status.UNKNOWN),
        ({"communication_state_text": "NotResponding"}, Status.FAIL),
        ({"platform": 1}, Status.FAIL),
        ({"platform": None}, Status.PASS),
    ],
)
def test_what_vmm_says_of_it(judge, values, status):
    assert judged(judge, host("hv01", **values)).status is status


def test_nothing_to_protect(judge):
    assert judged(judge, vms=()).status is Status.NOT_APPLICABLE
    assert judged(judge, host("hv01.branch.example"), vms=()).status is Status.NOT_APPLICABLE
    assert judged(judge, host("hv01"), vms=()).status is Status.PASS
    without = estate(hosts=(HV01,), vms_except=("web-*",))
    assert judged(judge, where=without).status is Status.NOT_APPLICABLE
    assert judged(judge, where=without, vms=(machine(), machine(2, name="db-01"))).status is Status.FAIL


def test_where_a_route_ends_a_machine_will_be(judge):
    where = estate(routes=(Route(HV02, HV01),))
    assert judged(judge, where=where, vms=()).status is Status.FAIL
    assert judged(judge, where=estate(routes=(Route(HV01, HV02),)), vms=()).status is Status.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("rows", "more", "status"),
    [
        ((), {(VirtualMachineSettings, HV01): GapReason.TIMEOUT}, Status.UNKNOWN),
        ((host("hv01"),), {(VirtualMachineSettings, HV01): GapReason.TIMEOUT}, Status.PASS),
        ((), {(VmmHost, VMM1): GapReason.TIMEOUT}, Status.UNKNOWN),
        ((host("hv01"),), {(Cloud, VMM1): GapReason.TIMEOUT}, Status.UNKNOWN),
        ((), {(VmmServer, VMM1): GapReason.TIMEOUT}, Status.UNKNOWN),
        ((), {(VmmHost, VMM1): GapReason.DEFECT}, Status.ERROR),
    ],
)
def test_unread(judge, rows, more, status):
    assert judged(judge, *rows, more=more).status is status


def test_two_servers_list_it(judge):
    where = estate(hosts=(HV01,), vmm_servers=(VMM1, VMM2), cloud_pairs=())
    same = facts(hosts=[host("hv01")], name=VMM2)
    assert judged(judge, host("hv01"), where=where, more=same).status is Status.PASS
    lost = facts(hosts=[host("hv01", communication_state_text="AccessDenied")], name=VMM2)
    finding = judged(judge, host("hv01"), where=where, more=lost)
    assert finding.status is Status.UNKNOWN
    assert "they differ" in finding.note


def test_the_active_node_tells(judge):
    given = ha_facts() | {(VirtualMachineSettings, HV01): [machine()]}
    where = estate(hosts=(HV01,), vmm_servers=(VMM2, VMM1), cloud_pairs=(CloudPair(VMM2, "Primary", VMM2, "Recovery"),))
    assert judge(host_in_a_cloud, given, where, subject=HV01).status is Status.PASS


def test_no_vmm_server(judge):
    assert judged(judge, host("hv01"), where=estate(hosts=(HV01,), vmm_servers=())).status is Status.UNKNOWN


def test_a_host_on_no_planned_route(judge):
    """Where routes are planned, its machines are not to be protected; where none is, the clouds alone say what is."""
    away = estate(hosts=(HV01, HV02, HV11), routes=(Route(HV02, HV11),))
    assert judged(judge, where=away).status is Status.NOT_APPLICABLE
    assert judged(judge, where=estate(hosts=(HV01, HV02), routes=())).status is Status.FAIL
    assert judged(judge, where=estate(routes=(Route(HV01, HV02),))).status is Status.FAIL


def test_a_host_whose_routes_are_for_another_kind_of_move(judge):
    live = Route(HV01, HV11, profiles=frozenset({Profile.LIVE_MIGRATION}))
    both = frozenset({Profile.LIVE_MIGRATION, Profile.ASR_VMM})
    where = estate(hosts=(HV01, HV02, HV11), routes=(live, Route(HV02, HV11)), profiles=both)
    assert judged(judge, where=where).status is Status.NOT_APPLICABLE
