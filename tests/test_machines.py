"""Which machines are judged one by one, and what is said where they are judged as one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scanner.api import Evidence, Route, Status
from scanner.facts.vm import MOST_MACHINES, PLANNED, VirtualMachineSettings, VirtualMachineState
from scanner.judge.machines import MOST_MOVES, machines, misnamed, moves
from scanner.words.model import ALL_VMS
from tests.checks.common.builders import GONE, GUID, checkpoint, machine
from tests.conftest import HV01, HV02, HV11, estate, evidence

RUNNING, OFF = 2, 3
ONE, TWO = machine(1, name="web"), machine(2, name="db")
LEFT_OVER = replace(TWO, system_type=PLANNED)


def state(number: int, enabled: int = RUNNING) -> VirtualMachineState:
    return VirtualMachineState(GUID.format(number).upper(), "vm", enabled, 5, (2,), 0, 0, 0)


def told(rows, states, **words) -> Evidence:
    return evidence({(VirtualMachineSettings, HV01): rows, (VirtualMachineState, HV01): states}, estate(**words))


def as_one(record: Evidence, routes: int = 0) -> Status | None:
    """How all machines as one are settled; nothing where each is judged alone."""
    found = [settled for vm_id, _, settled in machines(record, HV01, routes) if vm_id == ALL_VMS]
    return found[0].status if found and found[0] else None


@pytest.mark.parametrize(
    ("rows", "states", "expected"),
    [
        pytest.param([ONE], [state(1)], None, id="listed"),
        pytest.param([ONE, checkpoint(1)], [state(1)], None, id="with a checkpoint"),
        pytest.param([ONE], GONE, None, id="states unread"),
        pytest.param([ONE], [state(1), state(2)], Status.UNKNOWN, id="a state of one that is not listed"),
        pytest.param([ONE, checkpoint(2)], [state(1)], Status.UNKNOWN, id="a checkpoint of one"),
        pytest.param([ONE, checkpoint(2)], [state(1), state(2)], Status.UNKNOWN, id="a state and a checkpoint of one"),
        pytest.param([ONE, LEFT_OVER], [state(1), state(2, OFF)], None, id="planned and off"),
        pytest.param([ONE, LEFT_OVER], [state(1), state(2)], Status.UNKNOWN, id="planned, and yet running"),
        pytest.param([ONE, LEFT_OVER, TWO], [state(1), state(2)], None, id="planned once, and there besides"),
        pytest.param([ONE, LEFT_OVER], GONE, None, id="planned, states unread"),
        pytest.param([], [], Status.NOT_APPLICABLE, id="none"),
        pytest.param([], [state(1)], Status.UNKNOWN, id="none listed, and one runs"),
        pytest.param(GONE, [state(1)], Status.UNKNOWN, id="unread"),
    ],
)
def test_a_list_that_is_not_whole_is_unknown(rows, states, expected):
    assert as_one(told(rows, states)) is expected


def test_a_checkpoint_is_no_machine():
    found = list(machines(told([ONE, replace(checkpoint(1), name="before")], [state(1)]), HV01))
    assert [(vm_id, label) for vm_id, label, _ in found] == [(ONE.vm_id, "web on hv01")]


def many(number: int) -> list[VirtualMachineSettings]:
    guids = (f"{n:08x}-2222-3333-4444-555555555555" for n in range(number))
    return [replace(ONE, instance_id=f"Microsoft:{guid}", vm_identifier=guid) for guid in guids]


@pytest.mark.parametrize(
    ("number", "routes", "expected"),
    [
        (MOST_MACHINES, 0, None),
        (MOST_MACHINES + 1, 0, Status.UNKNOWN),
        (1024, MOST_MOVES // 1024, None),
        (1024, MOST_MOVES // 1024 + 1, Status.UNKNOWN),
    ],
)
def test_no_more_are_judged_one_by_one_than_there_may_be(number, routes, expected):
    assert as_one(told(many(number), []), routes) is expected


def test_where_disks_move_alone_the_machines_are_one_and_count_for_nothing():
    hosts = (HV01, HV02, HV11)
    routes = (Route(HV01, HV02, machines=False), *[Route(HV01, HV11)] * (MOST_MOVES // 1024))
    found = list(moves(told(many(1024), [], hosts=hosts, routes=routes)))
    alone = [each for _, destination, each in found if destination == HV02]
    assert [(vm_id, settled and settled.status) for vm_id, _, settled in alone] == [(ALL_VMS, Status.NOT_APPLICABLE)]
    assert not [each for _, destination, each in found if destination == HV11 and each[0] == ALL_VMS]


def test_only_a_choice_can_be_misnamed():
    assert list(misnamed(told([], []))) == []
    assert list(misnamed(told([ONE], []))) == []
    assert len(list(misnamed(told([ONE], [], vms_only=("db",))))) == 1
    assert len(list(misnamed(told([ONE], [], vms_except=("web",))))) == 1
