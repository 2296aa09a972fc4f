"""``[vms]``: which machines are judged, by name or id; the others are listed, and no part of the verdict."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.common.chosen import chosen, owners_left_out
from checks.common.disks import DISKS, lying
from checks.host.host_03_release_pair import release_pair
from checks.network.encryption import PROVING, by_machine
from checks.vm.vm_01_version import version
from checks.vm.vm_02_supported import version_supported
from scanner.api import ALL_VMS, GapReason, Route, Severity, Status, View
from scanner.facts.host import OperatingSystem
from scanner.facts.hyperv import VMHost
from scanner.facts.vm import VirtualMachineSettings, VmSecurity, VmStorage
from scanner.judge import policy
from scanner.judge.judging import judge_check
from scanner.words.chosen import fits, id_of, left_out
from tests.checks.common.builders import GUID, checkpoint, disk, machine, module, security
from tests.checks.delegation.domain import windows
from tests.conftest import HV01, HV02, estate, evidence

ONE, TWO = GUID.format(1), GUID.format(2)
OLD, NEW = machine(1, "4.0", "db-01"), machine(2, "9.0", "web-01")
WAYS = (Route(HV01, HV02), Route(HV02, HV01))


def record(here=(OLD, NEW), there=(), routes=(WAYS[0],), **words):
    facts = {
        (VirtualMachineSettings, HV01): here if isinstance(here, GapReason) else list(here),
        (VirtualMachineSettings, HV02): list(there),
        (OperatingSystem, HV01): [windows(17763)],
        (OperatingSystem, HV02): [windows(9600)],
        (VMHost, HV02): [module(versions=("5.0", "9.0"))],
    }
    return evidence(facts, estate(routes=routes, **words))


def found(check, kept):
    return {finding.subject.id: finding for finding in judge_check(check, kept)}


@pytest.mark.parametrize(
    ("entry", "name", "expected"),
    [
        ("web-01", "WEB-01", True),
        ("web-01", "web-011", False),
        ("web-*", "web-", True),
        ("web-*", "web", False),
        ("*-01", "web-01", True),
        ("*-01", "web-01 ", False),
        ("w?b-01", "wéb-01", True),
        ("w?b-01", "wb-01", False),
        ("*", "", True),
        ("?", "", False),
        ("", "", True),
        ("*a*a*b", "aaaaaaaaab", True),
        ("*a*a*b", "aaaaaaaaa", False),
        ("**", "x", True),
        ("[ab]*", "a", False),
        ("[ab]*", "[ab]c", True),
        ("a.c", "abc", False),
        ("web-01\n", "web-01", False),
        ("*", "line\nline", True),
        ("STRASSE", "straße", True),
        (ONE, ONE, False),
    ],
)
def test_a_pattern(entry, name, expected):
    assert fits(entry, name) is expected


@given(st.text("ab*?", max_size=12), st.text("ab*?", max_size=12))
def test_a_pattern_is_what_a_shell_calls_one(entry, name):
    shell = re.compile("".join({"*": ".*", "?": "."}.get(char, re.escape(char)) for char in entry), re.DOTALL)
    assert fits(entry, name) is bool(shell.fullmatch(name))


def test_a_name_is_never_a_pattern():
    """A machine may be called as it likes: it is no more among the others for that."""
    assert not fits("web-01", "*")
    assert not fits("web-01", "web-??")
    assert left_out(estate(vms_only=("web-01",)), ONE, ["*"])


def test_a_long_name_costs_no_time():
    assert not fits("*a" * 40 + "*b", "a" * 20_000)


@pytest.mark.parametrize(
    ("entry", "expected"),
    [(ONE, ONE), (ONE.upper(), ONE), (f"{{{ONE}}}", ONE), (f" {ONE} ", ONE), (ONE.replace("-", ""), ""), ("web", ""),
     (f"{{{ONE}", ""), (f"{ONE}*", ""), (f"urn:uuid:{ONE}", "")],
)  # fmt: skip
def test_an_id(entry, expected):
    assert id_of(entry) == expected


@pytest.mark.parametrize(
    ("words", "judged"),
    [
        ({}, True),
        ({"vms_only": ("web-01",)}, True),
        ({"vms_only": ("db-*",)}, False),
        ({"vms_except": ("WEB-*",)}, False),
        ({"vms_except": ("db-*",)}, True),
        ({"vms_only": ("web-*",), "vms_except": ("*-01",)}, False),
        ({"vms_only": (ONE,)}, True),
        ({"vms_only": (TWO,)}, False),
        ({"vms_except": (ONE.upper(),)}, False),
        ({"vms_only": (f"{{{ONE}}}",), "vms_except": ("web-*",)}, True),
        ({"vms_only": ("web-*",), "vms_except": (ONE,)}, False),
        ({"vms_only": (ONE,), "vms_except": (ONE,)}, False),
    ],
)
def test_an_id_decides_before_a_name_and_except_before_only(words, judged):
    assert (left_out(estate(**words), ONE, ["web-01"]) == "") is judged


def test_of_two_names_each_must_be_left_out():
    assert left_out(estate(vms_except=("web-*",)), ONE, ["web-01", "db-01"]) == ""
    assert left_out(estate(vms_except=("web-*",)), ONE, ["web-01", "web-02"])


def test_a_machine_called_like_the_id_of_another():
    assert left_out(estate(vms_only=(ONE,)), TWO, [ONE])
    assert left_out(estate(vms_except=(ONE,)), TWO, [ONE]) == ""


@pytest.mark.parametrize("words", [{"vms_only": ("web-*",)}, {"vms_except": (ONE,)}])
def test_the_others_are_listed_and_not_judged(words):
    findings = found(version, record(**words))
    assert findings[f"{HV01}/{ONE}"].status is Status.NOT_APPLICABLE
    assert "[vms]" in findings[f"{HV01}/{ONE}"].note
    assert findings[f"{HV01}/{TWO}"].status is Status.PASS
    assert len(findings) == 2
    moves = found(version_supported, record(**words))
    assert moves[f"{HV01}/{ONE}/{HV02}"].status is Status.NOT_APPLICABLE
    assert moves[f"{HV01}/{TWO}/{HV02}"].status is Status.PASS


@pytest.mark.parametrize("check", [version, version_supported])
@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({"vms_only": ("app-*",)}, '"app-\\*"'),
        ({"vms_only": ("web-01", "bd-01")}, '"bd-01"'),
        ({"vms_only": ("a", "b", "web-01")}, "and 1 more"),
        ({"vms_only": (GUID.format(3),)}, "nothing that is there"),
        ({"vms_except": ("web-*", "db-*")}, "every virtual machine"),
    ],
)
def test_what_names_nothing_is_not_ready_in_silence(check, words, says):
    run = found(check, record(**words))["run"]
    assert run.status is Status.UNKNOWN
    assert re.search(says, run.note)


@pytest.mark.parametrize(
    "kept",
    [
        record(vms_only=("web-01",)),
        record(vms_only=("web-01", "app-*"), there=[machine(3, name="app-01")], routes=WAYS),
        record(vms_except=("nobody",)),
        record(here=(), vms_except=("*-01",)),
        record(),
    ],
)
def test_what_names_something_on_any_source_says_nothing_more(kept):
    assert "run" not in found(version, kept)


def test_a_destination_is_no_source():
    kept = record(vms_only=("web-01", "app-*"), there=[machine(3, name="app-01")])
    assert found(version, kept)["run"].status is Status.UNKNOWN


def test_machines_that_were_not_read_are_not_left_out():
    findings = found(version, record(here=GapReason.TIMEOUT, vms_only=("web-01",)))
    assert {finding.status for finding in findings.values()} == {Status.UNKNOWN}
    assert f"{HV01}/{ALL_VMS}" in findings


def test_a_report_names_what_is_left_out():
    kept = record(vms_only=("web-*",))
    findings = list(judge_check(version, kept))
    report = policy.report_of(kept, findings, checks=[version], plugins=(), threshold=Severity.LOW)
    (row,) = report.not_judged
    assert row.title == "1 virtual machine of hv01 left out by [vms]"
    assert "db-01" in row.look
    assert not row.ever
    everything = record()
    assert policy.report_of(everything, (), checks=[], plugins=(), threshold=Severity.LOW).not_judged == ()


def test_many_that_are_left_out_are_counted():
    kept = record(here=[NEW, *(machine(n, name=f"db-{n}") for n in range(9)), *_more()], vms_only=("web-*",))
    (row,) = policy.report_of(kept, (), checks=[], plugins=(), threshold=Severity.LOW).not_judged
    assert row.look.endswith(" and 2 more.")


def _more():
    for n in range(4):
        guid = f"11111111-2222-3333-4444-66666666666{n}"
        yield replace(OLD, instance_id=f"Microsoft:{guid}", vm_identifier=guid, name=f"x-{n}")


def view_of(**words) -> View:
    kept = record(here=[OLD, NEW, checkpoint(1)], **words)
    shared, local = disk(r"\\fs01\vms\a.vhdx"), disk(r"D:\b.vhdx")
    kept.put(VmStorage, HV01, [replace(shared, instance_id=f"Microsoft:{TWO}\\y"), local], at=kept.finished)
    return View(kept, DISKS, kept.estate.profiles)


def test_what_adds_up_a_host_leaves_them_out():
    view = view_of(vms_except=("db-*",))
    assert [row.name for row in chosen(view, HV01)] == ["web-01"]
    assert owners_left_out(view, HV01) == {ONE, "99999999-2222-3333-4444-555555555559"}
    assert [row.name for row in chosen(view_of(), HV01)] == ["db-01", "web-01"]
    assert owners_left_out(view_of(), HV01) == frozenset()


def test_the_disks_of_one_that_stays_are_no_reason_to_move_storage():
    whole, part = lying(view_of(), HV01), lying(view_of(vms_except=("db-*",)), HV01)
    assert (whole.local, whole.servers) == (True, ("fs01",))
    assert (part.local, part.servers) == (False, ("fs01",))
    assert lying(view_of(vms_only=("db-*",)), HV01).servers == ()


def test_a_route_is_not_stopped_by_one_that_stays():
    assert found(release_pair, record())[f"{HV01}/{HV02}"].status is Status.WARN
    assert found(release_pair, record(vms_except=("db-*",)))[f"{HV01}/{HV02}"].status is Status.PASS


@pytest.mark.parametrize(
    ("words", "holds"), [({}, False), ({"vms_only": ("web-*",)}, True), ({"vms_except": ("web-*",)}, False)]
)
def test_only_machines_that_move_must_encrypt(words, holds):
    kept = record(**words)
    kept.put(VmSecurity, HV01, [security(1, encrypts=False), security(2)], at=kept.finished)
    assert by_machine(View(kept, PROVING, kept.estate.profiles), HV01).holds is holds
