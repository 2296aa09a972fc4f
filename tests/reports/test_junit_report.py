from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree

from reports.junit_report import render
from scanner.words.model import Gap, GapReason, Severity, Status
from scanner.words.report import Report
from scanner.words.source import TargetInfo
from scanner.words.wording import READABLE
from tests.reports.conftest import GUIDS, HOSTILE, HV01, HV02, HV11, SILENT, build, finding, host, machine
from tests.reports.strategies import reports

XSD = Path(__file__).resolve().parent.parent / "data" / "xsd"
SCHEMAS = {path.stem: etree.XMLSchema(etree.parse(path)) for path in sorted(XSD.glob("*.xsd"))}
FORBIDDEN_TYPES = {"yaml", "symbol", "integer", "decimal", "boolean", "date", "file", "array", "base64Binary", "float"}


def tree(report: Report):
    return etree.fromstring(render(report).encode("utf-8"))


def cases(report: Report, outcome: str):
    return tree(report).xpath(f"//testcase[{outcome}]")


def assert_strict(root):
    """The one shape that every dashboard reads."""
    for name, schema in SCHEMAS.items():
        assert schema.validate(root), f"{name}: {schema.error_log}"
    assert not root.attrib
    identities = Counter()
    for number, suite in enumerate(root):
        assert suite.tag == "testsuite"
        assert suite.get("id") == str(number)
        assert suite.get("name").count(".") == 1
        found = suite.findall("testcase")
        assert suite.get("tests") == str(len(found)) != "0"
        for attribute, outcome in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert suite.get(attribute) == str(len(suite.findall(f"testcase/{outcome}")))
        for case in found:
            assert case.keys() == ["name", "classname", "time"]
            assert case.get("classname") == suite.get("name")
            assert len(case.get("name")) <= 250
            assert len(case) <= 1
            identities[case.get("classname"), case.get("name")] += 1
            for outcome in case:
                assert outcome.get("message")
                assert len(outcome.get("message").encode()) <= 1_024
                assert "\n" not in outcome.get("message")
                assert outcome.text
                assert len(outcome.text.encode()) <= 61_440
                assert outcome.get("type") not in FORBIDDEN_TYPES
    assert set(identities.values()) == {1}


def test_there_are_three_schemas():
    assert set(SCHEMAS) == {"jenkins-junit-10", "pester-junit4", "windyroad-JUnit"}


def test_it_is_valid_everywhere(report: Report):
    assert_strict(tree(report))


@settings(max_examples=60, deadline=None)
@given(reports())
def test_red_there_is_red_here(made: Report):
    root = tree(made)
    assert_strict(root)
    red = bool(root.xpath("//failure | //error"))
    assert red is (made.exit_code != 0)
    assert len(root.xpath("//failure")) == sum(map(made.blocks, made.findings))


def test_suites_are_subjects_and_cases_are_checks(report: Report):
    root = tree(report)
    names = root.xpath("testsuite/@name")
    assert names[0] == "hv-preflight.run"
    assert "hv-preflight.hv01_corp_example" in names
    assert "hv-preflight.hv01_corp_example--hv11_branch_example" in names
    assert f"hv-preflight.hv01_corp_example--{GUIDS[0]}--hv11_branch_example" in names
    case = root.xpath("//testcase[@classname='hv-preflight.hv01_corp_example']/@name")
    assert case[0].startswith("SCAN-000 ")
    assert case[1] == "ID-01 Host is joined to an Active Directory domain"
    assert len(root.xpath("//testcase[not(starts-with(@name, 'SCAN-000'))]")) == len(report.findings)


def test_names_stay_when_everything_else_changes(report: Report):
    changed = [
        replace(f, status=Status.UNKNOWN, seen="other", note="n", subject=replace(f.subject, label="renamed"))
        for f in report.findings
    ]
    read = (*report.targets, TargetInfo(name="branch.example", kind="domain", answered=6))  # nobody of it was reached
    later = replace(report, findings=tuple(changed), gaps=(), targets=read, finished=report.started, counts={})

    def names(one: Report):
        return [(c.get("classname"), c.get("name")) for c in tree(one).iter("testcase")]

    assert names(report) == names(later)


def test_failure_below_the_threshold_and_warning_are_skipped(report: Report):
    messages = {c.get("name")[:6]: c[0].get("message") for c in cases(report, "skipped")}
    assert messages["LM-06 "] == "WARN: fails below the threshold (medium): seen limit 0; wanted at least 1"
    assert messages["NET-02"].startswith(("WARN: seen red", "NOT APPLICABLE: "))


def test_failure_says_all_in_message_and_in_body(report: Report):
    failure = cases(report, "failure[@type='critical']")[0][0]
    assert "cifs/hv11.branch.example" in failure.get("message")
    for line in ("Check: DEL-01", f"Subject: {HV01} → {HV11}", "Severity: critical", "Do: Set-ADComputer -Identity"):
        assert line in failure.text
    assert "Evidence: MigrationSettings of hv01.corp.example, 2026-11-21T12:00:03Z: Get-CimInstance" in failure.text


def test_unknown_and_error_are_errors(report: Report):
    assert {c[0].get("type") for c in cases(report, "error")} == {"UNKNOWN", "ERROR"}


def test_hostile_text_is_shown_and_does_nothing(report: Report):
    text = render(report)
    assert all(char.isprintable() or char in READABLE for char in text)
    assert "&#27;" not in text.replace("&amp;#27;", "")
    assert "<![CDATA[" not in text
    note = cases(report, "failure[@type='high']")[0][0].text
    assert "Note: red  \\u009b31m nul\\u0000 ]]> \\u202egnp.exe \\udc80" in note
    assert "<script>alert(1)</script> {{7*7}}" in note


@pytest.mark.parametrize(
    ("status", "outcome"), [(Status.UNKNOWN, "error"), (Status.PASS, "skipped")], ids=["missed", "not needed"]
)
def test_a_silent_target_is_red_only_if_a_verdict_is_missing(status, outcome):
    made = build([finding("ID-01", host(HV11), status, note=str(SILENT))], gaps=(SILENT,))
    (case,) = cases(made, f"{outcome} and starts-with(@name, 'SCAN-000 Target')")
    assert "1 fact could not be read: MigrationSettings of hv11.branch.example: unreachable" in case[0].get("message")


def test_a_domain_of_which_nobody_told_anything_is_a_suite_as_ever():
    gap = Gap("Trust", "corp.example", GapReason.UNREACHABLE, "no DNS server answered")
    dead = replace(SILENT, target=HV01)
    told = "1 fact could not be read: Trust of corp.example: unreachable (no DNS server answered)"
    for found, outcome, needed in (
        (finding("ID-01", host(HV01), Status.PASS), "skipped", "; no verdict needed it"),
        (
            finding("ID-01", host(HV01), Status.UNKNOWN, note=str(dead)),
            "skipped",
            "; no verdict is missing for this alone",
        ),
        (finding("ID-01", host(HV01), Status.UNKNOWN, note=f"DEL-01: {gap}; and more"), "error", ""),
    ):
        root = tree(build([found], gaps=(gap, dead)))
        assert_strict(root)
        (case,) = root.xpath("//testcase[@classname='hv-preflight.corp_example']")
        assert (case[0].tag, case[0].get("message").removeprefix("WARN: ")) == (outcome, told + needed)
        assert "domain corp.example was not read" not in root.xpath("string(//system-out)"), (
            "nothing says it is a domain"
        )
    target = TargetInfo(name="corp.example", kind="domain")
    said = tree(build([finding("ID-01", host(HV01), Status.PASS)], gaps=(gap,), targets=(target,)))
    assert (
        "domain corp.example was not read: unreachable (no DNS server answered); no verdict rests on it"
        in said.xpath("string(//testsuite[contains(@name, '.run')]/system-out)")
    )


def test_every_target_has_a_case_of_its_own():
    gap = Gap("Trust", "corp.example", GapReason.ACCESS_DENIED)
    targets = (
        TargetInfo(name="corp.example", kind="domain", seconds=0.4567),
        TargetInfo(name="C:\\k.vault", kind="key-file"),
    )
    made = build([finding("ID-01", host(HV01), Status.PASS)], targets=targets, gaps=(gap,), routes=((HV01, HV02),))
    root = tree(made)
    assert_strict(root)
    reached = root.xpath("//testcase[starts-with(@name, 'SCAN-000 Target')]/@classname")
    assert [name.split(".")[1][:11] for name in reached] == [
        "C__k_vault-",
        "corp_exampl",
        "hv01_corp_e",
        "hv02_corp_e",
    ]
    assert root.xpath("//testsuite[@hostname='corp.example']/@time") == ["0.457"]
    assert made.exit_code == 0
    assert not root.xpath("//failure | //error")


@pytest.mark.parametrize("interrupted", [True, False])
def test_a_run_that_judged_nothing_is_red(interrupted):
    made = build([], interrupted=interrupted, profiles=(), runner="")
    root = tree(made)
    assert_strict(root)
    assert root.xpath("//testsuite/@name") == ["hv-preflight.run"]
    assert root.xpath("//testsuite/@hostname") == ["localhost"]
    assert len(root.xpath("//error")) == 1


def test_machines_of_one_name_stay_apart():
    twins = [finding("VM-06", machine(guid, "web"), Status.PASS) for guid in GUIDS]
    assert_strict(tree(build(twins)))


def test_threshold_moves_the_colour():
    low = [finding("LM-06", host(HV01), Status.FAIL, HOSTILE)]
    assert len(cases(build(low, threshold=Severity.LOW), "failure")) == 1
    assert len(cases(build(low, threshold=Severity.HIGH), "failure")) == 0
