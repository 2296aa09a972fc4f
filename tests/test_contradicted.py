"""An answer without a row that other answers of the machine contradict is a gap."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scanner.api import Fact, Gap, GapReason
from scanner.facts.adapter import ManagementAdapter
from scanner.facts.host import ClusterInfo, OperatingSystem, ProductType, Service
from scanner.facts.hyperv import VMHost
from scanner.facts.replication import ReplicationRelationship
from scanner.facts.switches import SwitchConnection, VirtualSwitch
from scanner.facts.vm import VirtualMachineState, VmStorage
from scanner.facts.vm_runtime import VmRuntime
from scanner.judge.contradicted import sure_answers
from tests.checks.common.builders import GUID, checkpoint, disk, hangs, machine, module, port, switch
from tests.conftest import HV01, HV02, NOW, evidence

HOST = VirtualMachineState("HV01", "HV01", 2, 5, (2,), 0, 0, 0)
RUNS, OFF = (VirtualMachineState(GUID.format(1), "web-01", state, 5, (2,), 0, 0, 0) for state in (2, 3))
NODE, PLAIN = "C:\\ClusterStorage\\Volume1\\web-01.vhdx", "D:\\ClusterStorage2\\web-01.vhdx"


def asked(fact: type[Fact], facts: dict[type[Fact], object], target: str = HV01) -> object:
    settled = sure_answers(evidence({(known, target): rows for known, rows in facts.items()}))  # type: ignore[arg-type]
    told = settled.ask(fact, HV01)
    return (told.reason, told.detail) if isinstance(told, Gap) else told


def service(state: str = "Running", name: str = "ClusSvc") -> Service:
    return Service(name, state, "Auto", 4, None)


@pytest.mark.parametrize(
    ("services", "disks", "settings", "gap"),
    [
        pytest.param([service()], [disk(NODE)], [], True, id="a disk of a running machine's"),
        pytest.param([service(name="CLUSSVC")], [disk("c:/clusterstorage/v1/a.vhdx")], [], True, id="in any case"),
        pytest.param([service()], [disk("\\\\?\\" + NODE)], [], True, id="a long path"),
        pytest.param(
            [service()], [], [replace(machine(), configuration_root="C:\\ClusterStorage")], True, id="its root"
        ),
        pytest.param([service()], [], [replace(checkpoint(), snapshot_root=NODE)], True, id="of a checkpoint"),
        pytest.param([service()], [disk(PLAIN)], [machine()], False, id="a folder of another name"),
        pytest.param([service()], [disk("\\\\fs01\\c$\\ClusterStorage\\a.vhdx")], [], False, id="elsewhere"),
        pytest.param([service()], [disk("")], [machine()], False, id="an empty drive"),
        pytest.param([service()], GapReason.TIMEOUT, GapReason.TIMEOUT, False, id="nobody knows where they lie"),
        pytest.param([service("Stopped")], [disk(NODE)], [], False, id="the service does not run"),
        pytest.param([service(name="vmms")], [disk(NODE)], [], False, id="there is none: a folder that was kept"),
        pytest.param(GapReason.TIMEOUT, [disk(NODE)], [], False, id="services unread"),
    ],
)
def test_a_cluster_that_does_not_tell_itself(services, disks, settings, gap):
    facts = {ClusterInfo: [], Service: services, VmStorage: disks, type(machine()): settings}
    why = r"no row, yet the cluster service runs, and machines lie on C:\ClusterStorage"
    assert asked(ClusterInfo, facts) == ((GapReason.HIDDEN, why) if gap else ())
    named = ClusterInfo("CL1", None, None)
    assert asked(ClusterInfo, facts | {ClusterInfo: [named]}) == (named,)


@pytest.mark.parametrize(
    ("states", "why"),
    [
        ([HOST, RUNS], "no row, yet 1 virtual machine runs"),
        ([RUNS, replace(RUNS, name=GUID.format(2)), OFF], "no row, yet 2 virtual machines run"),
        ([HOST, OFF], ""),
        ([HOST], ""),
        ([], ""),
        (GapReason.TIMEOUT, ""),
    ],
)
def test_a_machine_that_runs_has_a_disk(states, why):
    assert asked(VmStorage, {VmStorage: [], VirtualMachineState: states}) == ((GapReason.HIDDEN, why) if why else ())
    assert asked(VmStorage, {VmStorage: [disk(NODE)], VirtualMachineState: states}) == (disk(NODE),)


OFF_TOO = replace(OFF, name=GUID.format(2))
SWITCH, OURS = switch(1, "Production"), ManagementAdapter("LM", f"{{{GUID.format(9)}}}", "Production", 0)


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        (
            {VirtualSwitch: [SWITCH], VirtualMachineState: [HOST, OFF]},
            "there are 1 virtual switch and 1 virtual machine",
        ),
        (
            {VirtualSwitch: [SWITCH, switch(2, "B")], VirtualMachineState: [HOST, OFF, OFF_TOO]},
            "there are 2 virtual switches and 2 virtual machines",
        ),
        ({VirtualSwitch: [], ManagementAdapter: [OURS]}, "1 adapter of the host hangs on a switch"),
        (
            {VirtualSwitch: GapReason.TIMEOUT, ManagementAdapter: [OURS, OURS]},
            "2 adapters of the host hang on a switch",
        ),
        ({VirtualSwitch: [SWITCH], ManagementAdapter: [replace(OURS, switch=None)]}, ""),
        ({VirtualSwitch: [SWITCH], VirtualMachineState: [HOST]}, ""),
        ({VirtualSwitch: [SWITCH], VirtualMachineState: GapReason.TIMEOUT}, ""),
        ({VirtualSwitch: [], VirtualMachineState: [HOST, OFF]}, ""),
        ({VirtualSwitch: GapReason.TIMEOUT, VirtualMachineState: [HOST, OFF]}, ""),
    ],
)
def test_where_there_are_switches_and_machines_something_hangs_on_one(facts, why):
    """Before, no adapter of any machine was taken for none that hangs on a switch: a PASS of VM-05."""
    told = asked(SwitchConnection, {SwitchConnection: []} | facts)
    assert told == ((GapReason.HIDDEN, f"no row, yet {why}") if why else ())
    assert asked(SwitchConnection, {SwitchConnection: [hangs(1)]} | facts) == (hangs(1),)


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({SwitchConnection: [hangs(1)]}, "1 adapter hangs on one"),
        ({SwitchConnection: [hangs(1, state=3), hangs(2)]}, "2 adapters hang on one"),
        ({ManagementAdapter: [OURS]}, "1 adapter hangs on one"),
        ({SwitchConnection: [hangs(None)], ManagementAdapter: [replace(OURS, switch="")]}, ""),
        ({SwitchConnection: [port(1, "ExternalEthernetPort")]}, ""),
        ({SwitchConnection: GapReason.TIMEOUT}, ""),
    ],
)
def test_what_an_adapter_hangs_on_is_there(facts, why):
    told = asked(VirtualSwitch, {VirtualSwitch: []} | facts)
    assert told == ((GapReason.HIDDEN, f"no row, yet {why}") if why else ())
    assert asked(VirtualSwitch, {VirtualSwitch: [SWITCH]} | facts) == (SWITCH,)


@pytest.mark.parametrize(
    ("states", "hosts", "why"),
    [
        ([HOST, OFF], [module()], "the Hyper-V module is there, and so 1 virtual machine"),
        ([RUNS, OFF_TOO], [module()], "the Hyper-V module is there, and so 2 virtual machines"),
        ([HOST, OFF], [], ""),
        ([HOST, OFF], GapReason.TIMEOUT, ""),
        ([HOST], [module()], ""),
        (GapReason.TIMEOUT, [module()], ""),
    ],
)
def test_a_module_that_is_there_lists_machines(states, hosts, why):
    """Before, no machine was taken for no module: WMI alone decided whether a machine is critical (VM-03)."""
    facts = {VmRuntime: [], VirtualMachineState: states, VMHost: hosts}
    assert asked(VmRuntime, facts) == ((GapReason.HIDDEN, f"no row, yet {why}") if why else ())
    row = VmRuntime(GUID.format(1), 2, (2,), clustered=False)
    assert asked(VmRuntime, facts | {VmRuntime: [row]}) == (row,)


@pytest.mark.parametrize(
    ("modes", "build", "why"),
    [
        ((0, 1), 9600, "1 virtual machine is replicated"),
        ((1, 2), 26100, "2 virtual machines are replicated"),
        ((1,), 9599, ""),
        ((0, 3, 4, None), 9600, ""),
        ((1,), None, ""),
    ],
)
def test_a_machine_that_is_replicated_has_a_relationship(modes, build, why):
    states = [replace(OFF, name=GUID.format(n), replication_mode=mode) for n, mode in enumerate(modes)]
    system = [OperatingSystem(NOW, build, "6.3", ProductType.SERVER, NOW)] if build else GapReason.TIMEOUT
    facts = {ReplicationRelationship: [], VirtualMachineState: [HOST, *states], OperatingSystem: system}
    assert asked(ReplicationRelationship, facts) == ((GapReason.HIDDEN, f"no row, yet {why}") if why else ())


def test_another_machine_contradicts_nothing():
    record = evidence({(VmStorage, HV01): [], (VirtualMachineState, HV02): [HOST, RUNS]})
    assert sure_answers(record) is record
