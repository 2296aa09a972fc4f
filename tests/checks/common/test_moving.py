from __future__ import annotations

from dataclasses import replace

import pytest

from checks.common.moving import moving
from scanner.api import MissingEvidence, View
from scanner.facts.vm import PLANNED, VirtualMachineSettings, VirtualMachineState
from tests.checks.common.builders import GONE, GUID, checkpoint, machine
from tests.conftest import HV01, estate, evidence

RUNNING, OFF = 2, 3
ONE, TWO = GUID.format(1).upper(), GUID.format(2).upper()


def state(number: int, enabled: int = RUNNING) -> VirtualMachineState:
    return VirtualMachineState(GUID.format(number).upper(), "vm", enabled, 5, (2,), 0, 0, 0)


def planned(number: int) -> VirtualMachineSettings:
    return replace(machine(number), system_type=PLANNED)


def names(rows, states, **words) -> dict[str, str]:
    record = evidence({(VirtualMachineSettings, HV01): rows, (VirtualMachineState, HV01): states}, estate(**words))
    return moving(View(record, (VirtualMachineSettings, VirtualMachineState)), HV01)


WEB, DB = machine(1, name="web"), machine(2, name="db")


@pytest.mark.parametrize(
    ("rows", "states", "words", "expected"),
    [
        pytest.param([WEB, DB], [state(1), state(2)], {}, ["web", "db"], id="both"),
        pytest.param([WEB, DB], GONE, {}, ["web", "db"], id="states unread"),
        pytest.param([WEB, checkpoint(1)], [state(1)], {}, ["web"], id="with a checkpoint"),
        pytest.param([WEB, planned(2)], [state(1), state(2, OFF)], {}, ["web"], id="a planned one that is off"),
        pytest.param([WEB, planned(2)], [state(1)], {}, ["web"], id="a planned one without a state"),
        pytest.param([WEB, DB], [state(1), state(2)], {"vms_except": ("db",)}, ["web"], id="one is left out"),
        pytest.param([], [], {}, [], id="none"),
    ],
)
def test_who_moves(rows, states, words, expected):
    assert list(names(rows, states, **words).values()) == expected


@pytest.mark.parametrize(
    ("rows", "states"),
    [
        pytest.param([WEB], [state(1), state(2)], id="a state of one that is not listed"),
        pytest.param([WEB, checkpoint(2)], [state(1)], id="a checkpoint of one"),
        pytest.param([WEB, checkpoint(2)], [state(1), state(2)], id="a checkpoint and a state of one"),
        pytest.param([WEB, planned(2)], [state(1), state(2)], id="a planned one that runs"),
        pytest.param([WEB, planned(2), checkpoint(2)], [state(2)], id="and has a checkpoint"),
        pytest.param(GONE, [state(1)], id="the list is unread"),
    ],
)
def test_a_list_that_is_not_whole(rows, states):
    with pytest.raises(MissingEvidence):
        names(rows, states)
