from __future__ import annotations

from dataclasses import replace

import pytest

from checks.common.saved import Saved, saved_of
from scanner.api import MissingEvidence, View
from scanner.facts.vm import SAVED, VirtualMachineSettings, VirtualMachineState
from tests.checks.common.builders import GUID, checkpoint, machine
from tests.conftest import HV01, evidence

RUNNING = 2
HOLDS, EMPTY, SILENT = (replace(checkpoint(), is_saved=told) for told in (True, False, None))


def found(*checkpoints: VirtualMachineSettings, state: int | None = RUNNING) -> Saved:
    vm = GUID.format(1).upper()
    states = [VirtualMachineState(vm, "vm", state, 5, (2,), 0, 0, 0)]
    facts = {(VirtualMachineSettings, HV01): [machine(), *checkpoints], (VirtualMachineState, HV01): states}
    return saved_of(View(evidence(facts), (VirtualMachineSettings, VirtualMachineState)), HV01, machine().vm_id)


@pytest.mark.parametrize(
    ("checkpoints", "state", "expected"),
    [
        ((), RUNNING, Saved(False, 0, ())),
        ((EMPTY,), RUNNING, Saved(False, 1, ())),
        ((HOLDS, EMPTY), RUNNING, Saved(False, 2, ("before",))),
        ((HOLDS, SILENT), RUNNING, Saved(False, 2, ("before",))),
        ((HOLDS,), None, Saved(False, 1, ("before",))),
        ((), SAVED, Saved(True, 0, ())),
        ((SILENT,), SAVED, Saved(True, 1, ())),
    ],
)
def test_what_is_saved(checkpoints, state, expected):
    assert found(*checkpoints, state=state) == expected


@pytest.mark.parametrize(
    ("checkpoints", "state"), [((SILENT,), RUNNING), ((EMPTY, SILENT), RUNNING), ((), None), ((EMPTY,), None)]
)
def test_what_is_not_told(checkpoints, state):
    with pytest.raises(MissingEvidence):
        found(*checkpoints, state=state)
