from __future__ import annotations

from dataclasses import replace

import pytest

from checks.vm.vm_01_version import version
from scanner.api import Status
from scanner.facts.host import OperatingSystem, ProductType
from scanner.facts.vm import VirtualMachineSettings
from tests.checks.common.builders import GONE, GUID, checkpoint, machine
from tests.conftest import HV01, NOW, Facts, Judge


def windows(build: int) -> Facts:
    return {(OperatingSystem, HV01): [OperatingSystem(NOW, build, "6.2", ProductType.SERVER, None)]}


@pytest.mark.parametrize(
    ("build", "text", "expected"),
    [
        (9200, "4.0", Status.PASS),
        (9599, "4", Status.PASS),
        (9199, "4.0", Status.FAIL),
        (9600, "4.0", Status.FAIL),
        (17763, "4.0", Status.FAIL),
        (9200, "3.0", Status.FAIL),
        (9200, "4.1", Status.FAIL),
        (9200, "5.0", Status.PASS),
        (9200, "254.0", Status.FAIL),
    ],
)
def test_2012_has_its_own_version(judge: Judge, build, text, expected):
    finding = judge(version, {(VirtualMachineSettings, HV01): [machine(1, text)]} | windows(build))
    assert finding.status is expected
    assert ("on arrival" in finding.note) is (text not in ("5.0", "254.0"))


def test_the_release_decides_below_5_alone(judge: Judge):
    unread = {(OperatingSystem, HV01): GONE}
    expected = {"5.0": Status.PASS, "254.0": Status.FAIL, "4.0": Status.UNKNOWN}
    for text, status in expected.items():
        assert judge(version, {(VirtualMachineSettings, HV01): [machine(1, text)]} | unread).status is status


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5.0", Status.PASS),
        ("5", Status.PASS),
        ("10.0", Status.PASS),
        ("253.0", Status.PASS),
        ("4.0", Status.FAIL),
        ("4.9", Status.FAIL),
        ("254.0", Status.FAIL),
        ("255.0", Status.FAIL),
        ("", Status.UNKNOWN),
        (None, Status.UNKNOWN),
        ("nine", Status.UNKNOWN),
        ("9" * 1_000_000, Status.UNKNOWN),
    ],
)
def test_version(judge: Judge, text, expected):
    finding = judge(version, {(VirtualMachineSettings, HV01): [machine(1, text)]} | windows(9600))
    assert finding.status is expected
    assert not finding.remedy
    assert len(finding.note) < 500


def test_a_checkpoint_does_not_speak_for_the_machine(judge: Judge):
    rows = [checkpoint(1, "4.0"), machine(1, "9.0")]
    assert judge(version, {(VirtualMachineSettings, HV01): rows}).seen == "web-01: 9.0"


def test_each_machine_is_judged_by_its_own_version(judge: Judge):
    rows = [machine(1, "4.0"), machine(2, "9.0", "web-02")]
    facts = {(VirtualMachineSettings, HV01): rows} | windows(17763)
    assert judge(version, facts, subject=f"{HV01}/{GUID.format(1)}").status is Status.FAIL
    assert judge(version, facts, subject=f"{HV01}/{GUID.format(2)}").seen == "web-02: 9.0"


@pytest.mark.parametrize("guid", ["none", GUID.format(1)])
def test_two_rows_of_one_id_are_one_finding(judge: Judge, guid):
    """Which of them is meant, nobody can tell; whichever came first, the finding is the same."""
    rows = [replace(machine(n, v, f"web-0{n}"), vm_identifier=guid) for n, v in ((1, "9.0"), (2, "4.0"))]
    one, other = (judge(version, {(VirtualMachineSettings, HV01): r}) for r in (rows, rows[::-1]))
    assert (one.status, one.subject.label, one.note) == (Status.UNKNOWN, "web-01 on hv01", other.note)
    assert (one, one.subject.label) == (other, other.subject.label)


def test_without_rows(judge: Judge):
    assert judge(version, {(VirtualMachineSettings, HV01): GONE}).status is Status.UNKNOWN
    assert judge(version, {(VirtualMachineSettings, HV01): []}).status is Status.NOT_APPLICABLE
