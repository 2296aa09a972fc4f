"""An answer without a row that other answers of the machine contradict is a gap."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scanner.api import Fact, Gap, GapReason
from scanner.facts.host import ClusterInfo, Service
from scanner.facts.vm import VirtualMachineState, VmStorage
from scanner.judge.contradicted import sure_answers
from tests.checks.common.builders import GUID, checkpoint, disk, machine
from tests.conftest import HV01, HV02, evidence

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


def test_another_machine_contradicts_nothing():
    record = evidence({(VmStorage, HV01): [], (VirtualMachineState, HV02): [HOST, RUNS]})
    assert sure_answers(record) is record
