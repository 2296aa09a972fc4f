from __future__ import annotations

from dataclasses import replace

import pytest

from checks.host.host_07_processors import processors
from scanner.api import GapReason, Route, Status
from scanner.facts.host import ComputerSystem, OperatingSystem
from scanner.facts.processor import Processor, ProcessorFirmware, SpeculationExposure, VmProcessor
from scanner.facts.vm import PLANNED, VirtualMachineSettings, VirtualMachineState
from tests.checks.common.builders import GONE, GUID, checkpoint, machine
from tests.checks.common.processors import (
    GOLD,
    OFF,
    RUNNING,
    SAVED,
    SILVER,
    firmware,
    hosts,
    model,
    shown,
    socket,
    state,
    system,
)
from tests.conftest import HV01, HV02, Judge, estate

AMD = [socket("AMD EPYC 7543", "AuthenticAMD", "178BFBFF00A00F11")]
OTHER = [socket(SILVER)]


def run(judge: Judge, more=None, where=None):
    return judge(processors, hosts() | (more or {}), where or estate())


def test_equal_hosts(judge: Judge):
    finding = run(judge)
    assert (finding.status, finding.note) == (Status.PASS, "")
    assert "Gold 6248" in finding.seen
    assert "0x10" in finding.seen


@pytest.mark.parametrize("fact", [VirtualMachineSettings, VirtualMachineState, VmProcessor, SpeculationExposure])
def test_equal_hosts_whatever_their_machines_are(judge: Judge, fact):
    assert run(judge, {(fact, HV01): GONE}).status is Status.PASS


@pytest.mark.parametrize(
    ("there", "expected"),
    [
        pytest.param([socket(f"  {GOLD}   ", told="bfebfbff00050657 ")], Status.PASS, id="blanks and case"),
        pytest.param([socket(), socket(SILVER, number=1)], Status.UNKNOWN, id="sockets that differ"),
        pytest.param([socket(), socket(None, number=1)], Status.UNKNOWN, id="a socket without a name"),
        pytest.param([socket(told="BFEBFBFF00050654")], Status.UNKNOWN, id="another stepping"),
        pytest.param(OTHER, Status.UNKNOWN, id="another model"),
        pytest.param([socket(None)], Status.UNKNOWN, id="no name"),
        pytest.param([socket("  ")], Status.UNKNOWN, id="an empty name"),
        pytest.param([socket(told=None)], Status.UNKNOWN, id="no CPUID"),
        pytest.param([socket(maker=None)], Status.UNKNOWN, id="no maker"),
        pytest.param([socket(maker=" ")], Status.UNKNOWN, id="an empty maker"),
        pytest.param(AMD, Status.FAIL, id="another maker"),
        pytest.param([replace(AMD[0], name=None)], Status.FAIL, id="another maker, whatever else is told"),
        pytest.param([], Status.UNKNOWN, id="none"),
        pytest.param(GONE, Status.UNKNOWN, id="unread"),
    ],
)
def test_processors(judge: Judge, there, expected):
    assert run(judge, {(Processor, HV02): there}).status is expected


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([state(RUNNING)], Status.FAIL),
        ([state(SAVED)], Status.FAIL),
        ([state(9)], Status.FAIL),
        ([state(OFF)], Status.WARN),
        ([state(OFF), state(RUNNING, 2)], Status.FAIL),
        ([state(None)], Status.UNKNOWN),
        ([], Status.UNKNOWN),
        (GapReason.ACCESS_DENIED, Status.UNKNOWN),
    ],
)
def test_two_makers_stop_what_is_not_off(judge: Judge, states, expected):
    machines = [machine(1), machine(2)] if len(states) == 2 else [machine(1)]
    more = {(Processor, HV02): AMD, (VirtualMachineState, HV01): states, (VirtualMachineSettings, HV01): machines}
    assert run(judge, more).status is expected


@pytest.mark.parametrize(("compatible", "expected"), [(False, Status.UNKNOWN), (True, Status.PASS)])
def test_hosts_of_equal_sockets_that_differ_among_each_other(judge: Judge, compatible, expected):
    both = [socket(), socket(SILVER, number=1)]
    more = {(Processor, HV01): both, (Processor, HV02): both, (VmProcessor, HV01): [shown(compatible)]}
    assert run(judge, more).status is expected


def test_two_makers_and_no_machine_yet(judge: Judge):
    more = {(Processor, HV02): AMD, (VirtualMachineSettings, HV01): []}
    assert run(judge, more).status is Status.FAIL


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({}, Status.FAIL),
        ({"vms_except": ("WEB-*",)}, Status.WARN),
        ({"vms_only": ("db-*",)}, Status.WARN),
        ({"vms_only": (GUID.format(1).upper(),)}, Status.FAIL),
        ({"vms_only": ("*",), "vms_except": (f"{{{GUID.format(1)}}}",)}, Status.WARN),
    ],
)
def test_machines_that_nobody_means_do_not_count(judge: Judge, words, expected):
    more = {
        (Processor, HV02): AMD,
        (VirtualMachineSettings, HV01): [machine(1), machine(2, name="db-01")],
        (VirtualMachineState, HV01): [state(), state(OFF, 2)],
    }
    assert run(judge, more, estate(**words)).status is expected


def test_checkpoints_and_planned_machines_are_no_machines_that_run(judge: Judge):
    rows = [machine(1), replace(checkpoint(1), is_saved=False), replace(machine(3), system_type=PLANNED)]
    more = {(Processor, HV02): AMD, (VirtualMachineSettings, HV01): rows, (VirtualMachineState, HV01): [state(OFF)]}
    assert run(judge, more).status is Status.WARN


@pytest.mark.parametrize(
    ("saved", "states", "expected"),
    [
        (False, [state(OFF)], Status.WARN),
        (True, [state(OFF)], Status.UNKNOWN),
        (None, [state(OFF)], Status.UNKNOWN),
        (True, [state(RUNNING)], Status.FAIL),
        (None, [state(RUNNING)], Status.FAIL),
    ],
)
def test_a_saved_state_in_a_checkpoint_is_held_too(judge: Judge, saved, states, expected):
    more = {
        (Processor, HV02): AMD,
        (VirtualMachineState, HV01): states,
        (VirtualMachineSettings, HV01): [machine(1), replace(checkpoint(1), is_saved=saved)],
    }
    assert run(judge, more).status is expected


@pytest.mark.parametrize(
    ("row", "states", "expected"),
    [
        (shown(), [state()], Status.UNKNOWN),
        (shown(True), [state()], Status.PASS),
        (shown(True, 0), [state()], Status.PASS),
        (shown(True, 1), [state()], Status.UNKNOWN),
        (shown(None), [state()], Status.UNKNOWN),
        (shown(number=2), [state()], Status.UNKNOWN),
        (shown(), [state(OFF)], Status.PASS),
    ],
)
def test_another_model(judge: Judge, row, states, expected):
    more = {(Processor, HV02): OTHER, (VmProcessor, HV01): [row], (VirtualMachineState, HV01): states}
    finding = run(judge, more)
    assert finding.status is expected
    assert ("1 machine of 1 that run or hold a saved state" in finding.note) is (expected is Status.UNKNOWN)


def test_a_host_without_machines_of_another_model(judge: Judge):
    finding = run(judge, {(Processor, HV02): OTHER, (VirtualMachineSettings, HV01): []})
    assert finding.status is Status.PASS
    assert "no machine runs" in finding.note


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        pytest.param(firmware(0x10), firmware(0x11), Status.PASS, id="newer there"),
        pytest.param(firmware(0x11), firmware(0x10), Status.UNKNOWN, id="older there"),
        pytest.param(firmware(0xFFFFFFFF), firmware(0xFFFFFFFF), Status.UNKNOWN, id="hidden by a hypervisor"),
        pytest.param(firmware(None), firmware(), Status.UNKNOWN, id="not told here"),
        pytest.param(firmware(), firmware(None), Status.UNKNOWN, id="not told there"),
        pytest.param(firmware(features=7), firmware(features=3), Status.UNKNOWN, id="fewer features there"),
        pytest.param(firmware(features=3), firmware(features=7), Status.PASS, id="more features there"),
        pytest.param(firmware(features=-1), firmware(features=0xFFFFFFFF), Status.PASS, id="a number with a sign"),
        pytest.param(firmware(features=7), firmware(features=None), Status.PASS, id="features not told"),
    ],
)
def test_firmware(judge: Judge, here, there, expected):
    more = {(ProcessorFirmware, HV01): [here], (ProcessorFirmware, HV02): [there]}
    assert run(judge, more).status is expected


def test_features_are_compared_within_one_build(judge: Judge):
    more = {(ProcessorFirmware, HV02): [firmware(features=3)], (OperatingSystem, HV02): [system(20348)]}
    assert run(judge, more).status is Status.PASS
    assert run(judge, more | {(OperatingSystem, HV02): GONE}).status is Status.UNKNOWN


@pytest.mark.parametrize("host", [HV01, HV02])
def test_unread_firmware(judge: Judge, host):
    assert run(judge, {(ProcessorFirmware, host): GONE}).status is Status.UNKNOWN


def test_nested_hosts_pass_with_a_word(judge: Judge):
    finding = run(judge, {(ComputerSystem, HV02): [model("Microsoft Corporation", "Virtual Machine")]})
    assert finding.status is Status.PASS
    assert finding.note.startswith(f"{HV02} is itself a virtual machine")
    assert run(judge, {(ComputerSystem, HV02): GONE}).status is Status.UNKNOWN
    assert run(judge, {(ComputerSystem, HV01): [model("", "")]}).note == ""


def test_disks_alone_are_not_concerned(judge: Judge):
    plan = estate(routes=(Route(HV01, HV02, machines=False),))
    assert run(judge, {(Processor, HV02): AMD}, plan).status is Status.NOT_APPLICABLE


def test_a_machine_whose_version_is_not_told_may_have_been_shown_anything(judge: Judge):
    older = {(ProcessorFirmware, HV02): [firmware(0x0F)], (VirtualMachineSettings, HV01): [machine(1, None)]}
    assert run(judge, older).status is Status.UNKNOWN
