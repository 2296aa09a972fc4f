from __future__ import annotations

import pytest

from checks.vm.vm_10_replication import replication
from scanner.api import GapReason, Route, Status
from scanner.facts.host import ComputerSystem, DnsSuffix
from scanner.facts.replication import ReplicationAuthorization, ReplicationRelationship, ReplicationSettings
from scanner.facts.vm import VirtualMachineSettings, VirtualMachineState
from tests.checks.common.builders import GONE, GUID, HOSTILE, machine
from tests.conftest import HV01, HV02, HV11, Judge, estate

OWN = GUID.format(1).upper()
PLAN = estate(hosts=(HV01, HV02, HV11), routes=(Route(HV01, HV02),))
REPLICATING, SOUND = 3, 1


def entry(primary: str, group: str | None = "DEFAULT") -> ReplicationAuthorization:
    return ReplicationAuthorization(primary, group)


def state(mode: int | None, enabled: int = 2, number: int | None = REPLICATING, health: int | None = SOUND):
    return VirtualMachineState(OWN, "web-01", enabled, 5, (2,), number, health, mode)


def relationship(number: int | None = REPLICATING, health: int | None = SOUND, end: str = "0"):
    return ReplicationRelationship(f"Microsoft:{OWN}\\HVR\\{end}", number, health)


def settings(replica: str | None = HV11, end: str = "0") -> ReplicationSettings:
    return ReplicationSettings(f"Microsoft:{OWN}\\HVR\\{end}", HV01, replica)


def run(judge: Judge, mode=1, rows=None, where=PLAN, enabled=2, more=None):
    """The machine tells of itself what its first relationship does, where it has one."""
    number, health = (rows[0].state, rows[0].health) if rows else (REPLICATING, SOUND)
    facts = {
        (VirtualMachineSettings, HV01): [machine()],
        (VirtualMachineState, HV01): [state(mode, enabled, number, health)],
        (ReplicationRelationship, HV01): [relationship()] if rows is None else rows,
        (ReplicationSettings, HV01): [settings()],
        (ReplicationAuthorization, HV11): [entry("*")],
    }
    for host in (HV01, HV02, HV11):
        short, _, domain = host.partition(".")
        facts[ComputerSystem, host] = [ComputerSystem(short.upper(), short, domain, True, 3)]
        facts[DnsSuffix, host] = [DnsSuffix(domain, None)]
    return judge(replication, facts | (more or {}), where)


def test_not_replicated(judge: Judge):
    more = {(ReplicationSettings, HV01): [], (ReplicationAuthorization, HV11): GONE}
    finding = run(judge, 0, [relationship(0, 0)], more=more)
    assert (finding.status, finding.seen) == (Status.PASS, "not replicated")
    more[VirtualMachineState, HV01] = [state(0, number=0, health=0)]
    assert run(judge, 0, [], more=more).status is Status.PASS


@pytest.mark.parametrize("number", [1, 3, 8])
def test_what_contradicts_is_not_believed(judge: Judge, number):
    assert run(judge, 0, [relationship(number)]).status is Status.UNKNOWN


@pytest.mark.parametrize(
    ("own", "row"),
    [
        pytest.param((0, REPLICATING, SOUND), (0, 0), id="it replicates, and its relationship does not"),
        pytest.param((0, 0, SOUND), (0, 0), id="it is sound, and its relationship is none"),
        pytest.param((0, 0, 0), (0, SOUND), id="the other way round"),
        pytest.param((0, None, None), (0, SOUND), id="no mode, and a relationship that is sound"),
        pytest.param((0, 0, SOUND), (0, None), id="no mode, and the machine is sound"),
        pytest.param((1, 7, SOUND), (REPLICATING, SOUND), id="paused, and replicating"),
        pytest.param((1, REPLICATING, 3), (REPLICATING, SOUND), id="critical, and sound"),
        pytest.param((1, REPLICATING, SOUND), (7, SOUND), id="replicating, and paused"),
    ],
)
def test_neither_of_two_rows_that_differ_wins(judge: Judge, own, row):
    told = {(VirtualMachineState, HV01): [state(own[0], 2, *own[1:])]}
    finding = run(judge, rows=[relationship(*row)], more=told | {(ReplicationSettings, HV01): [settings()]})
    assert finding.status is Status.UNKNOWN
    assert "contradict" in finding.note


@pytest.mark.parametrize("own", [(None, None), (REPLICATING, None), (None, SOUND)])
def test_a_number_that_is_not_told_contradicts_nothing(judge: Judge, own):
    assert run(judge, more={(VirtualMachineState, HV01): [state(1, 2, *own)]}).status is Status.PASS
    assert run(judge, 0, [relationship(None, None)]).status is Status.UNKNOWN


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([settings()], Status.UNKNOWN),
        ([settings("hv99.other.example")], Status.UNKNOWN),
        ([settings("")], Status.PASS),
        ([settings(None)], Status.PASS),
        ([settings(end="1")], Status.UNKNOWN),
        ([settings(None), settings(end="1")], Status.UNKNOWN),
        (GONE, Status.UNKNOWN),
    ],
)
def test_a_machine_that_is_not_replicated_has_no_settings_that_say_where_to(judge: Judge, rows, expected):
    assert run(judge, 0, [relationship(0, 0)], more={(ReplicationSettings, HV01): rows}).status is expected


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        pytest.param([entry("*")], Status.PASS, id="any server"),
        pytest.param([entry("*.corp.example")], Status.PASS, id="any of its domain"),
        pytest.param([entry("*.example")], Status.WARN, id="a wildcard is one label"),
        pytest.param([entry("*corp.example")], Status.WARN, id="a wildcard within a label"),
        pytest.param([entry(HV01), entry(HV02)], Status.PASS, id="both, of one group"),
        pytest.param([entry(HV01.upper()), entry(f"{HV02}.")], Status.PASS, id="both, in any case"),
        pytest.param([entry(HV01), entry(HV02, "other")], Status.WARN, id="of two groups"),
        pytest.param([entry(HV01), entry(HV02, "default")], Status.WARN, id="of two groups that differ in case"),
        pytest.param([entry(HV01), entry(HV02, None)], Status.WARN, id="the other of none"),
        pytest.param([entry(HV01, None), entry(HV02, "")], Status.PASS, id="both of none"),
        pytest.param([entry(HV01, "a"), entry("*", "b")], Status.WARN, id="the exact entry counts"),
        pytest.param([entry(HV01)], Status.WARN, id="the new host is not named"),
        pytest.param([entry(HV02)], Status.PASS, id="the present host is not named"),
        pytest.param([], Status.WARN, id="nobody is named"),
        pytest.param(GONE, Status.UNKNOWN, id="unread"),
    ],
)
def test_from_whom_the_replica_server_takes(judge: Judge, entries, expected):
    finding = run(judge, more={(ReplicationAuthorization, HV11): entries})
    assert finding.status is expected
    assert ("replication stops after the move" in finding.seen) is (expected is Status.WARN)


def test_groups_are_told_short_and_fit_to_be_shown(judge: Judge):
    entries = [entry(HV01, HOSTILE), entry(HV02, "x" * 1000)]
    finding = run(judge, more={(ReplicationAuthorization, HV11): entries})
    assert finding.status is Status.WARN
    assert len(finding.seen) < 250
    assert finding.remedy == ""


@pytest.mark.parametrize("name", ["hv99.corp.example", "broker.corp.example", "HV99"])
def test_a_replica_server_that_nobody_reads(judge: Judge, name):
    finding = run(judge, more={(ReplicationSettings, HV01): [settings(name)], (ReplicationAuthorization, HV11): GONE})
    assert finding.status is Status.PASS
    assert "none of the estate" in finding.note


@pytest.mark.parametrize("rows", [[], [settings("")], [settings(None)], [settings(end="1")], GONE])
def test_a_primary_that_does_not_tell_where_it_goes(judge: Judge, rows):
    assert run(judge, more={(ReplicationSettings, HV01): rows}).status is Status.UNKNOWN


@pytest.mark.parametrize("name", [HV02, "HV02", "hv02.CORP.example."])
def test_a_replica_on_the_destination_is_the_matter_of_another_check(judge: Judge, name):
    assert run(judge, more={(ReplicationSettings, HV01): [settings(name)]}).status is Status.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("number", "health", "expected"),
    [
        (3, 1, Status.PASS),
        (3, 2, Status.WARN),
        (3, 3, Status.WARN),
        (3, 0, Status.WARN),
        (3, None, Status.WARN),
        *((number, 1, Status.WARN) for number in (1, 7, 8, 9, 11)),
        *((number, 1, Status.UNKNOWN) for number in (0, 2, 4, 5, 6, 10, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 99)),
        (None, 1, Status.UNKNOWN),
    ],
)
def test_states(judge: Judge, number, health, expected):
    assert run(judge, rows=[relationship(number, health)]).status is expected
    old = {(VirtualMachineState, HV01): [state(1, number=number, health=health)]}  # 2012 knows no relationship
    assert run(judge, rows=[], more=old).status is expected


def test_a_relationship_that_hands_the_replica_on_is_another(judge: Judge):
    old = {(VirtualMachineState, HV01): [state(1, number=7)]}
    assert run(judge, rows=[relationship(3, end="1")], more=old).status is Status.WARN
    silent = {(VirtualMachineState, HV01): [state(1, number=None, health=None)]}
    assert run(judge, rows=[relationship(3, end="1")], more=silent).status is Status.UNKNOWN


def test_both_reasons_are_told(judge: Judge):
    finding = run(judge, rows=[relationship(7)], more={(ReplicationAuthorization, HV11): []})
    assert finding.status is Status.WARN
    assert "paused" in finding.seen
    assert "takes nothing from" in finding.seen
    assert finding.works


@pytest.mark.parametrize(
    ("mode", "enabled", "expected"),
    [
        (2, 3, Status.WARN),
        (2, 2, Status.UNKNOWN),
        (3, 3, Status.UNKNOWN),
        (4, 3, Status.UNKNOWN),
        (9, 3, Status.UNKNOWN),
        (None, 3, Status.UNKNOWN),
    ],
)
def test_what_is_no_primary(judge: Judge, mode, enabled, expected):
    assert run(judge, mode, enabled=enabled).status is expected


def test_a_replica_that_is_failed_over_to(judge: Judge):
    assert run(judge, 2, [relationship(5)], enabled=3).status is Status.UNKNOWN


@pytest.mark.parametrize("fact", [VirtualMachineState, ReplicationRelationship])
@pytest.mark.parametrize("gap", [GapReason.TIMEOUT, GapReason.ACCESS_DENIED])
def test_unread(judge: Judge, fact, gap):
    assert run(judge, more={(fact, HV01): gap}).status is Status.UNKNOWN


def test_a_machine_without_a_state(judge: Judge):
    assert run(judge, more={(VirtualMachineState, HV01): []}).status is Status.UNKNOWN
