from __future__ import annotations

from datetime import timedelta

import pytest

from checks.replica.rep_10_health import health as check
from scanner.api import Profile, Status
from scanner.facts.replica_storage import LastReplication, ReplicationKept
from scanner.facts.replication import BUILT_IN, ReplicationRelationship
from scanner.facts.vm import VirtualMachineSettings, VirtualMachineState
from tests.checks.common.builders import GONE, GUID, machine
from tests.conftest import HV01, NOW, Judge, estate

OWN = GUID.format(1).upper()
ID = f"Microsoft:{OWN}\\HVR\\0"
PLAN = estate(profiles=frozenset({Profile.REPLICA}))
PATH = f'\\\\HV01\\root\\virtualization\\v2:Msvm_ReplicationProvider.Name="{BUILT_IN.upper()}"'


def run(judge: Judge, state: int | None = 3, health: int | None = 1, mode: int | None = 1, **said):
    provider = said.get("provider", PATH)
    facts = {
        (VirtualMachineSettings, HV01): [machine()],
        (VirtualMachineState, HV01): said.get(
            "states", [VirtualMachineState(OWN, "web-01", 2, 5, (2,), state, health, mode)]
        ),
        (ReplicationRelationship, HV01): said.get("rows", [ReplicationRelationship(ID, state, health)]),
        (LastReplication, HV01): said.get("last", [LastReplication(ID, NOW - timedelta(minutes=5))]),
        (ReplicationKept, HV01): said.get("kept", [ReplicationKept(ID, 4, 0, provider)]),
    }
    return judge(check, facts, PLAN)


@pytest.mark.parametrize(
    ("state", "health", "expected"),
    [
        (3, 1, Status.PASS), (1, 1, Status.PASS), (2, 1, Status.PASS),
        (3, 2, Status.WARN), (2, 2, Status.WARN),
        (3, 3, Status.FAIL), (5, 3, Status.FAIL),
        (7, 1, Status.FAIL), (8, 1, Status.FAIL), (9, 2, Status.FAIL), (11, 1, Status.FAIL),
        (3, 0, Status.UNKNOWN), (3, None, Status.UNKNOWN), (4, 1, Status.UNKNOWN), (6, 2, Status.UNKNOWN),
        (0, 1, Status.UNKNOWN), (None, 1, Status.UNKNOWN), (99, 1, Status.UNKNOWN),
    ],
)  # fmt: skip
def test_how_it_stands(judge: Judge, state, health, expected):
    assert run(judge, state, health).status is expected


@pytest.mark.parametrize(("mode", "state"), [(0, 0), (2, 3), (3, 3), (4, 3)])
def test_what_is_no_primary(judge: Judge, mode, state):
    assert run(judge, state, 3 if mode else 0, mode).status is Status.NOT_APPLICABLE


@pytest.mark.parametrize("state", [7, 11])
def test_what_is_paused_is_resumed(judge: Judge, state):
    remedy = run(judge, state).remedy
    assert remedy == f"Get-VM -ComputerName '{HV01}' -Id '{OWN.lower()}' | Resume-VMReplication"


def test_what_waits_is_synchronized_and_what_fails_is_looked_at(judge: Judge):
    assert run(judge, 9).remedy.endswith("| Resume-VMReplication -Resynchronize")
    assert "Measure-VMReplication" in run(judge, 8).remedy


@pytest.mark.parametrize("provider", ["", None, "{11111111-272C-4DDF-BA88-9BEFB1A0975C}"])
def test_what_another_provider_makes_is_resumed_in_the_portal(judge: Judge, provider):
    remedy = run(judge, 7, provider=provider).remedy
    assert "portal" in remedy
    assert "Resume-VMReplication" not in remedy


@pytest.mark.parametrize("kept", [GONE, [], [ReplicationKept(ID.replace("\\0", "\\1"), 4, 0, PATH)]])
def test_no_command_where_nobody_knows_who_makes_it(judge: Judge, kept):
    finding = run(judge, 7, kept=kept)
    assert (finding.status, "Resume" in finding.remedy and "Get-VM" in finding.remedy) == (Status.FAIL, False)


@pytest.mark.parametrize(
    ("ago", "expected"),
    [(timedelta(hours=24), Status.PASS), (timedelta(hours=24, seconds=1), Status.UNKNOWN), (None, Status.UNKNOWN)],
)
def test_called_sound_and_nothing_was_sent(judge: Judge, ago, expected):
    last = [LastReplication(ID, None if ago is None else NOW - ago)]
    assert run(judge, last=last).status is expected


OLD = NOW - timedelta(days=9)


@pytest.mark.parametrize(
    ("state", "last", "expected"),
    [
        pytest.param(1, [LastReplication(ID, OLD)], Status.PASS, id="its first copy is still to be sent"),
        pytest.param(2, [LastReplication(ID, OLD)], Status.PASS, id="its first copy is under way"),
        pytest.param(
            3, [LastReplication(ID.replace(OWN, GUID.format(2)), NOW), LastReplication(ID, OLD)], Status.UNKNOWN,
            id="another machine's is new",
        ),
        pytest.param(
            3, [LastReplication(ID.replace("\\0", "\\1"), NOW), LastReplication(ID, OLD)], Status.UNKNOWN,
            id="the extended one's is new",
        ),
        pytest.param(
            3, [LastReplication(ID.replace(OWN, GUID.format(2)), OLD), LastReplication(ID, NOW)], Status.PASS,
            id="another machine's is old",
        ),
    ],
)  # fmt: skip
def test_whose_last_replication_counts(judge: Judge, state, last, expected):
    assert run(judge, state, last=last).status is expected


def test_another_machines_provider_says_nothing(judge: Judge):
    other = ReplicationKept(ID.replace(OWN, GUID.format(2)), 4, 0, "")
    assert "Resume-VMReplication" in run(judge, 7, kept=[other, ReplicationKept(ID, 4, 0, PATH)]).remedy
    assert run(judge, 7, kept=[other]).remedy == check.remedy or "portal" not in run(judge, 7, kept=[other]).remedy


def test_unread(judge: Judge):
    assert run(judge, rows=GONE).status is Status.UNKNOWN
    assert run(judge, states=GONE).status is Status.UNKNOWN
    assert run(judge, last=GONE).status is Status.UNKNOWN


def test_a_machine_that_its_last_replications_leave_out(judge: Judge):
    """The same class tells both of every machine: one row alone is not the whole of it."""
    finding = run(judge, last=[LastReplication(ID.replace(OWN, GUID.format(2)), NOW)])
    assert (finding.status, "leave" in finding.note) == (Status.UNKNOWN, True)


def test_before_2012_r2_the_machine_itself_tells(judge: Judge):
    assert run(judge, rows=[], last=[]).status is Status.PASS
