from __future__ import annotations

from dataclasses import replace

import pytest

from checks.vm.vm_08_processor_mode import processor_mode
from scanner.api import Status
from scanner.facts.processor import Processor, ProcessorFirmware, SpeculationExposure, VmProcessor
from scanner.facts.vm import VirtualMachineSettings, VirtualMachineState
from tests.checks.common.builders import GONE, checkpoint, machine
from tests.checks.common.processors import GOLD, IDS, OFF, RUNNING, SAVED, SILVER, firmware, hosts, shown, socket, state
from tests.conftest import HV01, HV02, Judge

OTHER = {(Processor, HV02): [socket(SILVER)]}
AMD = {(Processor, HV02): [socket("AMD EPYC 7543", "AuthenticAMD", "178BFBFF00A00F11")]}
OLDER = {(ProcessorFirmware, HV02): [firmware(0x0F)]}
NEWER = {(ProcessorFirmware, HV02): [firmware(0x11)]}
HIDDEN = {(ProcessorFirmware, HV02): [firmware(None)]}


def run(judge: Judge, *more):
    facts = hosts()
    for part in more:
        facts |= part
    return judge(processor_mode, facts)


def test_equal_hosts(judge: Judge):
    assert run(judge).status is Status.NOT_APPLICABLE


@pytest.mark.parametrize("more", [OTHER, OLDER, NEWER, HIDDEN, AMD, {(Processor, HV02): GONE}])
def test_a_machine_that_is_off_starts_anywhere(judge: Judge, more):
    finding = run(judge, more, {(VirtualMachineState, HV01): [state(OFF)]})
    assert finding.status is Status.NOT_APPLICABLE
    assert "off" in finding.note


@pytest.mark.parametrize("states", [[state(None)], [], GONE])
def test_a_state_that_is_not_told(judge: Judge, states):
    assert run(judge, OTHER, {(VirtualMachineState, HV01): states}).status is Status.UNKNOWN


def test_two_makers_are_the_hosts_matter(judge: Judge):
    assert run(judge, AMD).status is Status.NOT_APPLICABLE


@pytest.mark.parametrize("enabled", [RUNNING, SAVED, 9, 32773])
@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ([shown(True)], Status.PASS),
        ([shown(True, 0)], Status.PASS),
        ([shown(True, 1)], Status.UNKNOWN),
        ([shown(True, 2)], Status.UNKNOWN),
        ([shown(False, 0)], Status.UNKNOWN),
        ([shown(None)], Status.UNKNOWN),
        ([shown(True, number=2)], Status.UNKNOWN),
        ([], Status.UNKNOWN),
        (GONE, Status.UNKNOWN),
    ],
)
def test_another_model(judge: Judge, enabled, row, expected):
    finding = run(judge, OTHER, {(VmProcessor, HV01): row, (VirtualMachineState, HV01): [state(enabled)]})
    assert finding.status is expected
    assert finding.seen.startswith("web-01: ") is (expected is Status.PASS)


SAVED_BEFORE = [machine(), replace(checkpoint(), is_saved=True)]
PARTLY = [
    {(Processor, HV02): [socket(), socket(SILVER, number=1)]},
    {(Processor, HV02): [socket(SILVER, told=IDS[GOLD])]},
    {(ProcessorFirmware, HV02): [firmware(features=3)]},
]


@pytest.mark.parametrize("enabled", [RUNNING, OFF])
@pytest.mark.parametrize(
    ("more", "row", "expected"),
    [
        (OTHER, shown(False), Status.FAIL),
        (OTHER, shown(True), Status.PASS),
        (OTHER, shown(True, 1), Status.UNKNOWN),
        (OTHER, shown(None), Status.UNKNOWN),
        (AMD, shown(False), Status.NOT_APPLICABLE),
        (OLDER, shown(False), Status.UNKNOWN),
        (NEWER, shown(False), Status.PASS),
        *((more, shown(False), Status.UNKNOWN) for more in PARTLY),
    ],
)
def test_a_checkpoint_with_a_saved_state(judge: Judge, enabled, more, row, expected):
    facts = {
        (VmProcessor, HV01): [row],
        (VirtualMachineState, HV01): [state(enabled)],
        (VirtualMachineSettings, HV01): SAVED_BEFORE,
    }
    finding = run(judge, more, facts)
    assert finding.status is expected
    assert ("| Set-VMProcessor -CompatibilityForMigrationEnabled $true" in finding.remedy) is (expected is Status.FAIL)


@pytest.mark.parametrize(
    ("saved", "enabled", "expected"),
    [
        (False, OFF, Status.NOT_APPLICABLE),
        (None, OFF, Status.UNKNOWN),
        (False, RUNNING, Status.UNKNOWN),
        (None, RUNNING, Status.UNKNOWN),
    ],
)
def test_a_checkpoint_without(judge: Judge, saved, enabled, expected):
    rows = [machine(), replace(checkpoint(), is_saved=saved), replace(checkpoint(2), is_saved=True)]
    facts = {(VirtualMachineState, HV01): [state(enabled)], (VirtualMachineSettings, HV01): rows}
    findings = judge(processor_mode, hosts() | OTHER | facts, subject=f"{HV01}/{machine().vm_id}/{HV02}")
    assert findings.status is expected


@pytest.mark.parametrize("more", [OLDER, HIDDEN])
@pytest.mark.parametrize("row", [shown(), shown(True)])
@pytest.mark.parametrize(
    ("version", "least", "expected"),
    [
        pytest.param("8.0", [], Status.UNKNOWN, id="from 8.0 on"),
        pytest.param("10.0", GONE, Status.UNKNOWN, id="from 8.0 on, whatever the host says"),
        pytest.param("9.0", ["254.0"], Status.UNKNOWN, id="it may have started before that was said"),
        pytest.param("7.1", [], Status.PASS, id="below 8.0"),
        pytest.param("5.0", [None], Status.PASS, id="below 8.0, and nothing is set"),
        pytest.param("5.0", ["5.0"], Status.UNKNOWN, id="the host shows it to this version"),
        pytest.param("5.0", ["1.0"], Status.UNKNOWN, id="the host shows it to all"),
        pytest.param("5.0", ["6.2"], Status.PASS, id="the host shows it to newer ones"),
        pytest.param("5.0", ["all"], Status.UNKNOWN, id="what is set is no version"),
        pytest.param("5.0", GONE, Status.UNKNOWN, id="what is set was not read"),
    ],
)
def test_older_microcode_there(judge: Judge, more, row, version, least, expected):
    rows = [SpeculationExposure(one) for one in least] if isinstance(least, list) else least
    facts = {(SpeculationExposure, HV01): rows, (VmProcessor, HV01): [row]}
    finding = run(judge, more, facts, {(VirtualMachineSettings, HV01): [machine(1, version)]})
    assert finding.status is expected
    told = expected is Status.UNKNOWN and (rows is not GONE or version == "10.0")
    assert ("compatibility mode does not hide it" in finding.note) is told


@pytest.mark.parametrize("row", [shown(), shown(True), shown(None)])
def test_newer_microcode_there(judge: Judge, row):
    finding = run(judge, NEWER, {(VmProcessor, HV01): [row]})
    assert finding.status is Status.PASS
    assert "0x10 → 0x11" in finding.seen


@pytest.mark.parametrize("fact", [Processor, ProcessorFirmware])
@pytest.mark.parametrize("host", [HV01, HV02])
def test_unread(judge: Judge, fact, host):
    assert run(judge, {(fact, host): GONE}).status is Status.UNKNOWN


@pytest.mark.parametrize("version", [None, "", "x"])
def test_a_version_that_is_none(judge: Judge, version):
    assert run(judge, {(VirtualMachineSettings, HV01): [machine(1, version)]}).status is Status.UNKNOWN
