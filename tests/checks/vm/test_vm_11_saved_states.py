from __future__ import annotations

from dataclasses import replace

import pytest

from checks.vm.vm_11_saved_states import saved_states
from scanner.api import Status
from scanner.facts.host import OperatingSystem
from scanner.facts.hyperv import VMHost
from scanner.facts.vm import VirtualMachineSettings, VirtualMachineState
from tests.checks.common.builders import GONE, HOSTILE, checkpoint, machine, module
from tests.checks.common.processors import OFF, RUNNING, SAVED, state, system
from tests.conftest import HV01, HV02, Judge

SAVED_ONE = replace(checkpoint(), is_saved=True)
PLAIN = replace(checkpoint(), is_saved=False)


def run(judge: Judge, rows=(PLAIN,), states=None, version="5.0", theirs=("8.0", "9.0"), more=None):
    facts = {
        (VirtualMachineSettings, HV01): [machine(1, version), *rows],
        (VirtualMachineState, HV01): [state(RUNNING)] if states is None else states,
        (VMHost, HV02): [module(versions=theirs)],
        (OperatingSystem, HV01): [system(17763)],
        (OperatingSystem, HV02): [system(20348)],
    }
    return judge(saved_states, facts | (more or {}))


@pytest.mark.parametrize(
    ("version", "theirs"),
    [
        ("8.0", ("8.0",)),
        ("8.0", ("8.0", "9.0")),
        ("8.0", ("8.0", "9.0", "x")),
        ("9.0", ("8.0", "9.0")),
        ("9.0", ("5.0", "8.0")),
        ("254.0", ("8.0",)),
        ("10.0", ("9.0",)),
    ],
)
def test_where_no_upgrade_is_demanded(judge: Judge, version, theirs):
    assert run(judge, [SAVED_ONE], version=version, theirs=theirs).status is Status.NOT_APPLICABLE


@pytest.mark.parametrize(("version", "theirs"), [("7.0", ("5.0", "8.0")), ("7.9", ("8.0",)), ("5.0", ("8.0", "9.0"))])
def test_where_one_is_demanded(judge: Judge, version, theirs):
    assert run(judge, [SAVED_ONE], version=version, theirs=theirs).status is Status.FAIL


@pytest.mark.parametrize(
    ("rows", "states", "expected"),
    [
        pytest.param([], None, Status.PASS, id="no checkpoint"),
        pytest.param([PLAIN], None, Status.PASS, id="a checkpoint without a state"),
        pytest.param([SAVED_ONE], None, Status.FAIL, id="one with a state"),
        pytest.param([], [state(SAVED)], Status.FAIL, id="the machine is saved"),
        pytest.param([], [state(OFF)], Status.PASS, id="the machine is off"),
        pytest.param([replace(PLAIN, is_saved=None)], None, Status.UNKNOWN, id="not told"),
        pytest.param([replace(PLAIN, is_saved=None)], [state(SAVED)], Status.FAIL, id="saved, whatever is not told"),
        pytest.param([SAVED_ONE], GONE, Status.UNKNOWN, id="the state is unread"),
        pytest.param([], [], Status.UNKNOWN, id="no state"),
        pytest.param([], [state(None)], Status.UNKNOWN, id="a state that is not told"),
    ],
)
def test_saved_states(judge: Judge, rows, states, expected):
    assert run(judge, rows, states).status is expected


def test_a_checkpoint_of_another_machine_does_not_count(judge: Judge):
    other = replace(checkpoint(2), is_saved=True)
    facts = {
        (VirtualMachineSettings, HV01): [machine(1, "5.0"), machine(2, "9.0"), other],
        (VirtualMachineState, HV01): [state(), state(number=2)],
        (VMHost, HV02): [module(versions=("8.0", "9.0"))],
    }
    own = f"{HV01}/{machine().vm_id}/{HV02}"
    assert judge(saved_states, facts, subject=own).status is Status.PASS


def test_what_is_saved_is_named(judge: Judge):
    finding = run(judge, [replace(SAVED_ONE, name=HOSTILE), SAVED_ONE], [state(SAVED)])
    assert "the machine itself" in finding.seen
    assert "checkpoint before" in finding.seen


def test_from_2012_to_2012_r2_nothing_is_upgraded_first(judge: Judge):
    more = {(OperatingSystem, HV01): [system(9200)], (OperatingSystem, HV02): [system(9600)], (VMHost, HV02): GONE}
    assert run(judge, [SAVED_ONE], version="4.0", more=more).status is Status.NOT_APPLICABLE
    assert run(judge, [SAVED_ONE], version="4.0", more=more | {(OperatingSystem, HV01): GONE}).status is Status.UNKNOWN


def test_versions_of_the_destination_that_could_not_be_read(judge: Judge):
    assert run(judge, theirs=("8.0", "x")).status is Status.UNKNOWN
    more = {(VMHost, HV02): GONE, (OperatingSystem, HV02): GONE}
    assert run(judge, more=more).status is Status.UNKNOWN
    assert run(judge, more={(VirtualMachineSettings, HV01): GONE}).status is Status.UNKNOWN
