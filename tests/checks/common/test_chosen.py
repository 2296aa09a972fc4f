"""Which machines of a host a plan leaves out, with what belongs to them."""

from __future__ import annotations

import pytest

from checks.common.chosen import chosen, owners_left_out
from scanner.api import Estate, GapReason, View
from scanner.facts.vm import VirtualMachineSettings
from tests.checks.common.builders import GUID, checkpoint, machine
from tests.conftest import HV01, estate, evidence

ONE, TWO = GUID.format(1), GUID.format(2)
OF_A_CHECKPOINT = "99999999-2222-3333-4444-555555555559"
ROWS = [machine(1, name="web-01"), machine(2, name="app-01"), checkpoint(1)]


def view(where: Estate, rows=ROWS) -> View:
    return View(evidence({(VirtualMachineSettings, HV01): rows}, where), (VirtualMachineSettings,))


@pytest.mark.parametrize(
    ("words", "out", "stay"),
    [
        ({}, set(), [ONE, TWO]),
        ({"vms_except": ("web-*",)}, {ONE, OF_A_CHECKPOINT}, [TWO]),
        ({"vms_except": ("app-01",)}, {TWO}, [ONE]),
        ({"vms_only": ("app-*",)}, {ONE, OF_A_CHECKPOINT}, [TWO]),
        ({"vms_only": ("web-01",)}, {TWO}, [ONE]),
        ({"vms_except": ("before",)}, set(), [ONE, TWO]),
    ],
)
def test_what_is_left_out(words, out, stay):
    where = estate(**words)
    assert owners_left_out(view(where), HV01) == out
    assert [row.vm_id for row in chosen(view(where), HV01)] == stay


def test_where_the_machines_were_not_read_nothing_is_left_out():
    assert owners_left_out(view(estate(vms_only=("web-*",)), GapReason.TIMEOUT), HV01) == frozenset()
