from __future__ import annotations

import pytest

from checks.vm.machine import name_and_version
from scanner.api import MissingEvidence, View
from scanner.facts.vm import VirtualMachineSettings
from tests.checks.common.builders import GUID, checkpoint, machine
from tests.conftest import HV01, evidence

ONE = GUID.format(1)


def view(*rows: VirtualMachineSettings) -> View:
    return View(evidence({(VirtualMachineSettings, HV01): rows}), (VirtualMachineSettings,))


def test_name_and_version():
    rows = view(machine(2, "5.0", "other"), checkpoint(1, "8.0"), machine(1, "10.0", "w" * 1_000_000))
    name, version = name_and_version(rows, HV01, ONE)
    assert (len(name), version) == (120, (10, 0))


def test_missing_is_said():
    with pytest.raises(MissingEvidence, match="0 machines"):
        name_and_version(view(machine(2)), HV01, ONE)
    with pytest.raises(MissingEvidence, match="2 machines"):
        name_and_version(view(machine(1), machine(1)), HV01, ONE)
    with pytest.raises(MissingEvidence, match="is empty"):
        name_and_version(view(machine(1, None)), HV01, ONE)
    with pytest.raises(MissingEvidence, match=f"the version of {ONE} is {'x' * 39}…$"):
        name_and_version(view(machine(1, "x" * 41)), HV01, ONE)


@pytest.mark.parametrize(("vm_id", "told"), [(ONE, ONE), ("", "missing")])
def test_which_machine_is_missing_is_said(vm_id, told):
    with pytest.raises(MissingEvidence, match=f"0 machines with the id {told}$"):
        name_and_version(view(machine(2)), HV01, vm_id)
