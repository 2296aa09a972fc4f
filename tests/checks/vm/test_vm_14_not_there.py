from __future__ import annotations

from dataclasses import replace

import pytest

from checks.vm.vm_14_not_there import not_there
from scanner.api import Profile, Route, Status
from scanner.facts.host import ClusterInfo, Service
from scanner.facts.vm import PLANNED, VirtualMachineSettings, VirtualMachineState
from scanner.facts.vm_runtime import VmRuntime
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
        pytest.param([checkpoint(1)], Status.UNKNOWN, id="a checkpoint of it, and not the machine"),
        pytest.param([machine(2), checkpoint(2)], Status.PASS, id="a checkpoint of another"),
        pytest.param([replace(checkpoint(1), vm_identifier=None)], Status.PASS, id="a checkpoint of nobody knows whom"),
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
    finding = run(judge, profile, there, modes, states(1))
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


@pytest.mark.parametrize("here", [states(0), states(3), states(4), states(None), [HOST], GONE])
def test_a_replica_is_its_own_only_where_the_machine_is_a_primary(judge: Judge, here):
    finding = run(judge, REPLICA, [TWIN], states(2), here)
    assert finding.status is Status.UNKNOWN
    assert ("no primary (ReplicationMode 0)" in finding.note) is (here == states(0))


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
    assert "VmRuntime" in finding.note
    assert run(judge, profile, [TWIN], states(0), more={(Service, HV02): GONE}).status is Status.UNKNOWN
    assert run(judge, profile, [TWIN], states(2), states(1), more=node).status is Status.PASS
    for clustered, expected in ((False, Status.FAIL), (True, Status.WARN), (None, Status.UNKNOWN)):
        row = VmRuntime(GUID.format(1), 3, (2,), clustered)
        assert run(judge, profile, [TWIN], states(0), more={**node, (VmRuntime, HV02): [row]}).status is expected
    assert run(judge, profile, [TWIN], states(0), more={**node, (VmRuntime, HV02): []}).status is Status.UNKNOWN


HV03 = "hv03.corp.example"
BOTH = (Route(HV01, HV02), Route(HV03, HV02))


def two(judge: Judge, profile: Profile, third, routes=BOTH, here=(HOST,), modes=(HOST,)):
    facts = {
        (VirtualMachineSettings, HV01): [machine(1)],
        (VirtualMachineSettings, HV02): [],
        (VirtualMachineSettings, HV03): third,
        (VirtualMachineState, HV01): here,
        (VirtualMachineState, HV02): [HOST],
        (VirtualMachineState, HV03): modes,
        (Service, HV02): [],
    }
    where = estate(hosts=(HV01, HV02, HV03), routes=routes, profiles=frozenset({profile}))
    return judge(not_there, facts, where, subject=f"{HV01}/{GUID.format(1)}/{HV02}")


@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize(
    ("third", "routes", "expected"),
    [
        pytest.param([TWIN], BOTH, Status.UNKNOWN, id="both go there"),
        pytest.param([machine(2)], BOTH, Status.PASS, id="of another id"),
        pytest.param([ON_ITS_WAY], BOTH, Status.PASS, id="what is left over there moves nowhere"),
        pytest.param([checkpoint(1)], BOTH, Status.PASS, id="a checkpoint moves nowhere"),
        pytest.param(GONE, BOTH, Status.PASS, id="unread, which its own route says"),
        pytest.param([TWIN], (Route(HV01, HV02), Route(HV03, HV01)), Status.PASS, id="it goes elsewhere"),
        pytest.param([TWIN], (Route(HV01, HV02), Route(HV03, HV02, True, False)), Status.PASS, id="its disks alone"),
    ],
)
def test_a_machine_of_its_id_that_goes_there_too(judge: Judge, profile, third, routes, expected):
    finding = two(judge, profile, third, routes)
    assert finding.status is expected
    if expected is Status.UNKNOWN:
        assert f"{HV03} holds one of its id, planned to go there, too" in finding.note
        assert HV03 in {source.target for source in finding.evidence}


@pytest.mark.parametrize(
    ("here", "modes", "expected"),
    [
        (states(1), states(2), Status.PASS),
        (states(2), states(1), Status.UNKNOWN),
        (states(1), states(1), Status.UNKNOWN),
        (states(0), states(2), Status.UNKNOWN),
        (states(1), GONE, Status.UNKNOWN),
        (GONE, states(2), Status.UNKNOWN),
    ],
)
def test_a_primary_goes_before_its_replica(judge: Judge, here, modes, expected):
    finding = two(judge, LIVE, [TWIN], here=here, modes=modes)
    assert finding.status is expected
    assert ("must not be moved there first" in finding.note) is (expected is Status.PASS)
