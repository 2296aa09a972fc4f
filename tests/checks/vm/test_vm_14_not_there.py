from __future__ import annotations

from dataclasses import replace

import pytest

from checks.vm.vm_14_not_there import not_there
from scanner.api import Profile, Status
from scanner.facts.host import ClusterInfo, Service
from scanner.facts.vm import PLANNED, VirtualMachineSettings, VirtualMachineState
from tests.checks.common.builders import GONE, GUID, checkpoint, machine
from tests.conftest import HV01, HV02, Judge, estate

LIVE, REPLICA, ASR = Profile.LIVE_MIGRATION, Profile.REPLICA, Profile.ASR_VMM
HOST = VirtualMachineState("HV02", "HV02", 2, 5, (2,), 0, 0, 0)
TWIN, ON_ITS_WAY = machine(1, "9.0", "another name"), replace(machine(1), system_type=PLANNED)


def states(mode: int | None, number: int = 1) -> list[VirtualMachineState]:
    return [HOST, VirtualMachineState(GUID.format(number).upper(), "web-01", 3, 5, (2,), 0, 0, mode)]


def run(judge: Judge, profile: Profile, there, modes=(HOST,), here=(HOST,), source=None, more=None):
    facts = {
        (VirtualMachineSettings, HV01): [source or machine(1)],
        (VirtualMachineSettings, HV02): there,
        (VirtualMachineState, HV01): here,
        (VirtualMachineState, HV02): modes,
        (Service, HV02): [],
    }
    return judge(not_there, facts | (more or {}), estate(profiles=frozenset({profile})))


@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize(
    ("there", "expected"),
    [
        pytest.param([], Status.PASS, id="no machine there"),
        pytest.param([machine(2)], Status.PASS, id="another of the same name"),
        pytest.param([checkpoint(1)], Status.PASS, id="a checkpoint alone is no machine"),
        pytest.param(GONE, Status.UNKNOWN, id="unread"),
    ],
)
def test_not_there(judge: Judge, profile, there, expected):
    assert run(judge, profile, there, GONE).status is expected


@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize("there", [[], [machine(2)]])
def test_a_host_that_tells_of_the_machine_and_does_not_list_it_is_not_believed(judge: Judge, profile, there):
    assert run(judge, profile, there, states(0)).status is Status.UNKNOWN
    assert run(judge, profile, there, states(0, 2)).status is Status.PASS


@pytest.mark.parametrize("there", [[TWIN], [ON_ITS_WAY], [ON_ITS_WAY, TWIN, checkpoint(1)]])
@pytest.mark.parametrize("modes", [GONE, [], states(0), states(1), states(2), states(None)])
def test_a_live_migration_cannot_arrive(judge: Judge, there, modes):
    finding = run(judge, LIVE, there, modes)
    assert finding.status is Status.FAIL
    assert ("fail over instead" in finding.note) is (modes == states(2))


@pytest.mark.parametrize("profile", [REPLICA, ASR])
@pytest.mark.parametrize(
    ("there", "modes", "expected"),
    [
        pytest.param([TWIN], states(2), Status.PASS, id="it is the replica"),
        pytest.param([TWIN], states(0), Status.WARN, id="usable as initial copy"),
        pytest.param([TWIN], states(1), Status.UNKNOWN, id="a primary"),
        pytest.param([TWIN], states(3), Status.UNKNOWN, id="a test replica"),
        pytest.param([TWIN], states(4), Status.UNKNOWN, id="an extended replica"),
        pytest.param([TWIN], states(None), Status.UNKNOWN, id="not told"),
        pytest.param([TWIN], states(2, 2), Status.UNKNOWN, id="state of another machine"),
        pytest.param([TWIN], GONE, Status.UNKNOWN, id="states unread"),
        pytest.param([ON_ITS_WAY], states(2), Status.UNKNOWN, id="planned"),
    ],
)
def test_replication(judge: Judge, profile, there, modes, expected):
    finding = run(judge, profile, there, modes)
    assert finding.status is expected
    assert bool(finding.works) is (expected is Status.WARN)


@pytest.mark.parametrize("here", [[HOST], states(0), GONE])
def test_a_source_that_does_not_list_its_machines_is_unknown(judge: Judge, here):
    finding = run(judge, LIVE, [], here=here, more={(VirtualMachineSettings, HV01): GONE})
    assert finding.status is Status.UNKNOWN


def test_a_source_that_tells_of_more_machines_than_it_lists_is_unknown_for_those(judge: Judge):
    finding = run(judge, LIVE, [], here=states(0, 2), more={(VirtualMachineSettings, HV01): []})
    assert finding.status is Status.UNKNOWN
    assert "tells of 1 virtual machine that VirtualMachineSettings does not list" in finding.note


def test_a_replica_is_not_replicated_back(judge: Judge):
    assert run(judge, REPLICA, [TWIN], states(1), states(2)).status is Status.NOT_APPLICABLE
    assert run(judge, LIVE, [TWIN], states(1), states(2)).status is Status.FAIL
    assert run(judge, REPLICA, [TWIN], states(2), states(1)).status is Status.PASS
    assert run(judge, REPLICA, [TWIN], states(2), GONE).status is Status.PASS


def test_machines_without_an_id_are_not_taken_for_each_other(judge: Judge):
    nameless = replace(machine(1), vm_identifier="none")
    assert run(judge, LIVE, [nameless], source=nameless).status is Status.UNKNOWN


@pytest.mark.parametrize("profile", [REPLICA, ASR])
def test_a_node_takes_only_machines_that_are_highly_available(judge: Judge, profile):
    node = {
        (Service, HV02): [Service("ClusSvc", "Running", "Auto", 4, "LocalSystem")],
        (ClusterInfo, HV02): [ClusterInfo("C1", "c1.corp.example", 9)],
    }
    finding = run(judge, profile, [TWIN], states(0), more=node)
    assert finding.status is Status.UNKNOWN
    assert "whether it is highly available is not read" in finding.note
    assert run(judge, profile, [TWIN], states(0), more={(Service, HV02): GONE}).status is Status.UNKNOWN
    assert run(judge, profile, [TWIN], states(2), more=node).status is Status.PASS
