from __future__ import annotations

from dataclasses import replace

import pytest

from checks.vmm.vmm_10_networks_to_map_to import networks_to_map_to
from scanner.api import CloudPair, GapReason, Status
from scanner.facts.vmm import Cloud, VmmServer
from scanner.facts.vmm_machines import VmmAdapter, VmmVirtualMachine
from scanner.facts.vmm_networks import VmNetwork
from scanner.words.clouds import Mapping
from tests.checks.common.builders import GUID
from tests.checks.vmm.machine_rows import NETWORKED, NETWORKS, adapter, estate, facts, network, row
from tests.checks.vmm.vmm_rows import PAIR, SERVER, VMM1, VMM2
from tests.conftest import HV02

GUEST = replace(SERVER, profile=4)


def mapping(*pairs, **words):
    return estate(network_mappings=tuple(Mapping(*pair) for pair in pairs), **words)


MAPPED = mapping(("Production", "Branch net"))


def judged(judge, *adapters, where=MAPPED, more=None, **given):
    return judge(networks_to_map_to, facts(adapters=adapters, **given) | (more or {}), where)


def test_every_network_is_mapped(judge):
    assert judged(judge, adapter()).status is Status.PASS
    assert judged(judge, adapter("PRODUCTION"), where=mapping(("production", "BRANCH NET"))).status is Status.PASS
    assert judged(judge, adapter(), server=GUEST).status is Status.UNKNOWN, "there may be others"


def test_the_target_has_none(judge):
    only = (network("Production"),)
    assert judged(judge, networks=only).status is Status.FAIL
    assert judged(judge, networks=()).status is Status.FAIL
    assert judged(judge, networks=(network("Branch net", None),)).status is Status.FAIL
    assert judged(judge, networks=only, server=GUEST).status is Status.UNKNOWN


def test_a_network_without_a_mapping(judge):
    finding = judged(judge, adapter(), where=estate())
    assert finding.status is Status.WARN
    assert "Production" in finding.seen
    assert judged(judge, adapter(), adapter("Test"), where=MAPPED).status is Status.WARN


def test_no_machine_uses_one(judge):
    assert judged(judge, where=estate()).status is Status.PASS
    assert judged(judge, adapter(None, None), where=estate()).status is Status.PASS, "VMM-09 speaks of it"
    assert judged(judge, adapter("Test", owner=GUID.format(2)), where=estate()).status is Status.PASS
    assert judged(judge, adapter("Test"), machines=[row(cloud="Recovery")]).status is Status.PASS


@pytest.mark.parametrize("goal", ["Gone", "Production"])
def test_mapped_to_what_the_target_does_not_have(judge, goal):
    where = mapping(("Production", goal))
    finding = judged(judge, adapter(), where=where)
    assert finding.status is Status.FAIL
    assert ("does not list" in finding.seen) is (goal == "Gone")
    assert judged(judge, adapter(), where=where, server=GUEST).status is Status.UNKNOWN


def test_mapped_to_itself_on_one_server(judge):
    clouds = [NETWORKED[0], replace(NETWORKED[1], logical_networks=("Production",))]
    assert judged(judge, adapter(), where=mapping(("Production", "Production")), clouds=clouds).status is Status.PASS


def test_networks_of_two_servers(judge):
    where = mapping(
        ("Production", "There"), vmm_servers=(VMM1, VMM2), cloud_pairs=(CloudPair(VMM1, "Primary", VMM2, "Recovery"),)
    )
    second = facts(networks=[network("There", "Branch")], machines=(), name=VMM2)
    assert judged(judge, adapter(), where=where, more=second).status is Status.PASS
    second = facts(networks=[network("Other", "Branch")], machines=(), name=VMM2)
    assert judged(judge, adapter(), where=where, more=second).status is Status.FAIL


def test_the_adapter_of_a_replica_is_no_network_of_the_source(judge):
    both = (row(), row(on=HV02, cloud="Recovery"))
    adapters = (adapter(), adapter("Branch net", "Branch"))
    assert judged(judge, *adapters, machines=both).status is Status.PASS
    assert judged(judge, *adapters).status is Status.WARN, "there is no replica"
    assert judged(judge, *adapters, adapter("Test"), machines=both).status is Status.WARN


def test_pairs_that_are_none(judge):
    assert judged(judge, where=estate(cloud_pairs=(replace(PAIR, target="C1"),))).status is Status.NOT_APPLICABLE
    assert judged(judge, where=estate(cloud_pairs=(replace(PAIR, target="Gone"),))).status is Status.FAIL


def test_two_clouds_of_one_name(judge):
    twins = [NETWORKED[0], replace(NETWORKED[0], id="c3"), NETWORKED[1]]
    where = replace(MAPPED, cloud_pairs=(replace(PAIR, source="c1"),))
    assert judged(judge, adapter(), where=where, clouds=twins).status is Status.UNKNOWN


@pytest.mark.parametrize("fact", [Cloud, VmmVirtualMachine, VmmAdapter, VmNetwork, VmmServer])
def test_unread(judge, fact):
    assert judged(judge, adapter(), more={(fact, VMM1): GapReason.TIMEOUT}).status is Status.UNKNOWN


def test_what_is_not_needed_is_not_missed(judge):
    assert NETWORKS[1].logical_network == "Branch"
    more = {(VmmAdapter, VMM1): GapReason.TIMEOUT}
    assert judged(judge, networks=(network("Production"),), more=more).status is Status.FAIL


def test_a_failure_stands_though_a_part_alone_may_be_shown(judge):
    lost = mapping(("Production", "Nowhere"))
    assert judged(judge, adapter(), where=lost).status is Status.FAIL
    two = replace(PAIR, target_server=VMM2)
    where = replace(lost, cloud_pairs=(two,), vmm_servers=(VMM1, VMM2))
    there = {key: rows for key, rows in facts(name=VMM2).items() if key[1] == VMM2}
    assert judged(judge, adapter(), where=where, server=GUEST, more=there).status is Status.FAIL
