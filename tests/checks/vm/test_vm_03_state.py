from __future__ import annotations

from dataclasses import replace

import pytest

from checks.vm.vm_03_state import state
from scanner.api import Status
from scanner.facts.vm import VirtualMachineSettings, VirtualMachineState
from scanner.facts.vm_runtime import VmRuntime
from tests.checks.common.builders import GONE, GUID, machine
from tests.conftest import HV01, Judge

HOST = VirtualMachineState("HV01", "HV01", 2, 5, (11,), 0, 0, 0)
ROW = VirtualMachineState(GUID.format(1).upper(), "web-01", 2, 5, (2,), 0, 0, 0)
MODULE = VmRuntime(GUID.format(1), 2, (2,), clustered=False)
OTHER = VmRuntime(GUID.format(2), 32785, (11,), clustered=False)
PASS, WARN, FAIL, UNKNOWN = Status.PASS, Status.WARN, Status.FAIL, Status.UNKNOWN


def run(judge: Judge, rows, module=()):
    return judge(
        state,
        {
            (VirtualMachineSettings, HV01): [machine(1), machine(2)],
            (VirtualMachineState, HV01): rows if rows is GONE else [HOST, *rows],
            (VmRuntime, HV01): module if module is GONE else list(module),
        },
        subject=f"{HV01}/{GUID.format(1)}",
    )


@pytest.mark.parametrize(
    ("enabled", "expected"),
    [
        (2, PASS), (3, PASS), (6, WARN), (9, WARN), (None, UNKNOWN), (0, UNKNOWN), (1, UNKNOWN), (4, UNKNOWN),
        (10, UNKNOWN), (11, UNKNOWN), (32771, UNKNOWN), (32773, UNKNOWN), (32776, UNKNOWN), (32777, UNKNOWN),
        (32783, UNKNOWN), (32785, UNKNOWN), (4711, UNKNOWN),
    ],
)  # fmt: skip
def test_what_lasts_and_what_does_not(judge: Judge, enabled, expected):
    assert run(judge, [replace(ROW, enabled_state=enabled)]).status is expected
    same = [] if enabled is None or enabled in range(32785, 32797) else [replace(MODULE, state=enabled)]
    assert run(judge, [replace(ROW, enabled_state=enabled)], same).status is expected


@pytest.mark.parametrize("enabled", [6, 9])
def test_a_warning_says_why_it_moves(judge: Judge, enabled):
    assert "memory" in run(judge, [replace(ROW, enabled_state=enabled)]).works


@pytest.mark.parametrize(
    ("health", "expected"),
    [(5, PASS), (20, FAIL), (25, FAIL), (None, UNKNOWN), (0, UNKNOWN), (10, UNKNOWN), (15, UNKNOWN), (30, UNKNOWN)],
)
def test_health(judge: Judge, health, expected):
    assert run(judge, [replace(ROW, health_state=health)]).status is expected


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ((2,), PASS), ((11,), FAIL), ((11, 32768), FAIL), ((2, 32776), FAIL), ((2, 32775, 32776), FAIL),
        ((2, 32768), UNKNOWN), ((2, 32774), UNKNOWN), ((2, 32777), UNKNOWN), ((2, 32781), UNKNOWN),
        ((2, 4711), UNKNOWN), ((3,), UNKNOWN), ((3, 32776), FAIL), ((32776,), UNKNOWN), ((), UNKNOWN),
    ],
)  # fmt: skip
def test_what_it_is_busy_with(judge: Judge, status, expected):
    by_wmi = run(judge, [replace(ROW, operational_status=status)], [MODULE])
    by_module = run(judge, [ROW], [replace(MODULE, operational_status=status)])
    assert [by_wmi.status, by_module.status] == [expected, expected]
    assert ("judge again" in by_wmi.note) is (expected is not PASS and bool(status))


def test_the_two_lists_of_numbers_are_not_mixed(judge: Judge):
    """32776 is pausing in the one, and a backup in the other."""
    pausing = run(judge, [replace(ROW, enabled_state=32776)])
    assert pausing.status is UNKNOWN
    assert "EnabledState 32776" in pausing.note
    assert run(judge, [replace(ROW, operational_status=(2, 32776))]).status is FAIL


@pytest.mark.parametrize(("critical", "expected"), [(32784, UNKNOWN), (32785, FAIL), (32796, FAIL), (32797, UNKNOWN)])
def test_the_module_knows_what_is_critical(judge: Judge, critical, expected):
    assert run(judge, [ROW], [replace(MODULE, state=critical)]).status is expected


@pytest.mark.parametrize(
    ("module", "expected"),
    [
        pytest.param([], PASS, id="not installed"),
        pytest.param(GONE, UNKNOWN, id="unread"),
        pytest.param([OTHER], UNKNOWN, id="it tells of another machine alone"),
        pytest.param([OTHER, MODULE], PASS, id="it agrees"),
        pytest.param([replace(MODULE, state=3)], UNKNOWN, id="it says off"),
        pytest.param([replace(MODULE, state=None)], UNKNOWN, id="it tells no state"),
    ],
)
def test_the_module(judge: Judge, module, expected):
    assert run(judge, [ROW], module).status is expected


def test_a_failure_stands_without_the_module(judge: Judge):
    assert run(judge, [replace(ROW, health_state=25)], GONE).status is FAIL


@pytest.mark.parametrize("rows", [GONE, []])
def test_a_machine_of_which_wmi_does_not_tell(judge: Judge, rows):
    assert run(judge, rows, [MODULE]).status is UNKNOWN
