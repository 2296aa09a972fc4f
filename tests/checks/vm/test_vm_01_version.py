from __future__ import annotations

from dataclasses import replace

import pytest

from checks.vm.vm_01_version import version
from scanner.api import Status
from scanner.facts.vm import VirtualMachineSettings
from scanner.judge.judging import judge_check
from tests.checks.common.builders import GONE, GUID, HOSTILE, checkpoint, machine
from tests.conftest import HV01, Judge, evidence


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5.0", Status.PASS),
        ("5", Status.PASS),
        ("10.0", Status.PASS),
        ("253.0", Status.PASS),
        ("4.0", Status.FAIL),
        ("4.9", Status.FAIL),
        ("254.0", Status.WARN),
        ("255.0", Status.WARN),
        ("", Status.UNKNOWN),
        (None, Status.UNKNOWN),
        ("nine", Status.UNKNOWN),
        ("9" * 1_000_000, Status.UNKNOWN),
    ],
)
def test_version(judge: Judge, text, expected):
    finding = judge(version, {(VirtualMachineSettings, HV01): [machine(1, text)]})
    assert finding.status is expected
    assert len(finding.note) < 500


def test_a_checkpoint_does_not_speak_for_the_machine(judge: Judge):
    rows = [checkpoint(1, "4.0"), machine(1, "9.0")]
    assert judge(version, {(VirtualMachineSettings, HV01): rows}).seen == "web-01: 9.0"


def test_each_machine_is_judged_by_its_own_version(judge: Judge):
    rows = [machine(1, "4.0"), machine(2, "9.0", "web-02")]
    facts = {(VirtualMachineSettings, HV01): rows}
    assert judge(version, facts, subject=f"{HV01}/{GUID.format(1)}").status is Status.FAIL
    assert judge(version, facts, subject=f"{HV01}/{GUID.format(2)}").seen == "web-02: 9.0"


def test_remedy_names_the_machine_by_its_id(judge: Judge):
    finding = judge(version, {(VirtualMachineSettings, HV01): [machine(1, "4.0", HOSTILE)]})
    assert finding.remedy == (
        f"Get-VM -ComputerName 'hv01.corp.example' -Id '{GUID.format(1)}' "
        "| Update-VMVersion -Confirm  # irreversible; needs it off"
    )
    assert finding.wanted == "5.0 or later"


def test_remedy_keeps_a_hostile_id_in_its_quotes(judge: Judge):
    bad = "x'; rm -r C--- #\x1b[31m".ljust(36, "a")
    row = replace(machine(1, "4.0"), vm_identifier=bad)
    finding = judge(version, {(VirtualMachineSettings, HV01): [row]})
    assert finding.status is Status.FAIL
    assert "-Id ('x''; rm -r c--- #' + [char]27 + '[31maaaaaaaaaaaa" in finding.remedy


def test_two_machines_without_an_id_are_not_confused(judge: Judge):
    rows = [replace(machine(n, v), vm_identifier="none") for n, v in ((1, "9.0"), (2, "4.0"))]
    findings = list(judge_check(version, evidence({(VirtualMachineSettings, HV01): rows})))
    assert [finding.status for finding in findings] == [Status.UNKNOWN] * 2


def test_without_rows(judge: Judge):
    assert judge(version, {(VirtualMachineSettings, HV01): GONE}).status is Status.UNKNOWN
    assert judge(version, {(VirtualMachineSettings, HV01): []}).status is Status.NOT_APPLICABLE
