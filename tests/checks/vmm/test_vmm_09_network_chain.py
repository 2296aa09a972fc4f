from __future__ import annotations

from dataclasses import replace

import pytest

from checks.vmm.vmm_09_network_chain import network_chain
from scanner.api import GapReason, Status
from scanner.facts.switches import SwitchConnection
from scanner.facts.vm import VirtualMachineState
from scanner.facts.vmm import Cloud, VmmHost, VmmServer
from scanner.facts.vmm_machines import VmmAdapter, VmmVirtualMachine
from scanner.facts.vmm_networks import VmNetwork
from scanner.words.clouds import Mapping
from tests.checks.common.builders import GUID
from tests.checks.vmm.machine_rows import NETWORKED, OWN, SUBJECT, adapter, estate, facts, network, row
from tests.checks.vmm.vmm_rows import SERVER, VMM1
from tests.conftest import HV01, HV02

GUEST = replace(SERVER, profile=4)
MAPPED = estate(network_mappings=(Mapping("Production", "Branch net"),))
PORT = SwitchConnection(f"Microsoft:{OWN.upper()}\\{GUID.format(9)}", 2, (), None)


def judged(judge, *adapters, where=MAPPED, more=None, **given):
    return judge(network_chain, facts(adapters=adapters, **given) | (more or {}), where, subject=SUBJECT)


def test_the_whole_way(judge):
    assert judged(judge, adapter()).status is Status.PASS
    assert judged(judge, adapter("PRODUCTION", "production"), server=GUEST).status is Status.PASS
    assert judged(judge, adapter(logical=None)).status is Status.PASS, "its VM network tells the logical one"
    assert judged(judge, adapter(), adapter()).status is Status.PASS


def test_a_switch_without_a_vm_network(judge):
    bare = adapter(None, None)
    assert judged(judge, bare).status is Status.FAIL
    assert judged(judge, adapter(), bare).status is Status.FAIL
    assert judged(judge, bare, where=estate()).status is Status.WARN, "nothing is mapped, so nothing is connected"


@pytest.mark.parametrize("switch", [None, ""])
def test_connected_to_nothing(judge, switch):
    finding = judged(judge, adapter(None, None, switch))
    assert finding.status is Status.PASS
    assert "connected to nothing" in finding.note


def test_a_logical_network_that_the_cloud_lacks(judge):
    other = adapter("Branch net", "Branch")
    assert judged(judge, other).status is Status.FAIL
    assert judged(judge, other, server=GUEST).status is Status.UNKNOWN
    none = [replace(NETWORKED[0], logical_networks=()), NETWORKED[1]]
    assert judged(judge, adapter(), clouds=none).status is Status.FAIL


def test_two_words_on_one_network(judge):
    assert judged(judge, adapter(logical="Branch")).status is Status.UNKNOWN, "the network says Production"
    twins = (network("Production"), network("Production", "Branch"))
    assert judged(judge, adapter(logical=None), networks=twins).status is Status.UNKNOWN
    assert judged(judge, adapter(), networks=twins).status is Status.PASS, "the adapter says which"
    assert judged(judge, adapter(logical=None), networks=()).status is Status.UNKNOWN
    assert judged(judge, adapter(), networks=()).status is Status.PASS
    assert judged(judge, adapter(logical=None), networks=(network("Production", None),)).status is Status.UNKNOWN


def test_no_adapter(judge):
    assert judged(judge).status is Status.PASS
    assert judged(judge, adapter(owner=GUID.format(2))).status is Status.PASS, "another machine's"
    assert judged(judge, server=GUEST).status is Status.UNKNOWN
    assert judged(judge, ports=[PORT]).status is Status.UNKNOWN, "Hyper-V tells one"
    assert judged(judge, more={(SwitchConnection, HV01): GapReason.TIMEOUT}).status is Status.UNKNOWN


def test_adapters_of_its_replica_are_not_told_apart(judge):
    both = (row(), row(on=HV02, cloud="Recovery"))
    assert judged(judge, adapter(), adapter("Branch net", "Branch"), machines=both).status is Status.UNKNOWN
    assert judged(judge, adapter(), adapter(), machines=both).status is Status.PASS


@pytest.mark.parametrize("cloud", [None, "Recovery"])
def test_in_no_source_cloud(judge, cloud):
    assert judged(judge, adapter(None, None), machines=[row(cloud=cloud)]).status is Status.NOT_APPLICABLE


def test_a_replica(judge):
    assert judged(judge, adapter(None, None), mode=2).status is Status.NOT_APPLICABLE


def test_an_adapter_of_the_host(judge):
    assert judged(judge, replace(adapter(None, None), host_management=True)).status is Status.PASS


@pytest.mark.parametrize("fact", [VmmVirtualMachine, VmmHost, Cloud, VmmAdapter, VmNetwork])
def test_unread(judge, fact):
    assert judged(judge, adapter(), more={(fact, VMM1): GapReason.TIMEOUT}).status is Status.UNKNOWN


def test_the_machine_and_the_account_unread(judge):
    assert judged(judge, adapter(), more={(VirtualMachineState, HV01): GapReason.TIMEOUT}).status is Status.UNKNOWN
    other = adapter("Branch net", "Branch")
    assert judged(judge, other, more={(VmmServer, VMM1): GapReason.TIMEOUT}).status is Status.UNKNOWN
