"""``--junit-profile extended``: more beside each case, the same cases, and the rules that every reader needs."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from reports.junit_bounded import in_files
from reports.junit_cases import Length
from reports.junit_report import _Suites, files, render  # pyright: ignore[reportPrivateUsage]
from scanner.words.junit_choice import EXTENDED, STRICT, JunitChoice
from scanner.words.model import Status
from scanner.words.report import Report
from scanner.words.wording import READABLE
from tests.reports.conftest import GUIDS, HOSTILE, HV01, HV11, build, finding, host, machine, route
from tests.reports.strategies import reports
from tests.reports.test_junit_report import FORBIDDEN_TYPES, SCHEMAS

CHOICES = [JunitChoice(names, profile) for names in (1, 2) for profile in (STRICT, EXTENDED)]
ROOT = Path(__file__).resolve().parents[2]
MORE = JunitChoice(profile=EXTENDED)
OUTCOMES = {"failure": "failures", "error": "errors", "skipped": "skipped"}
ATTACK = "\x00\x1b[31m\x7f\x9f\ufffe\ud800]]>\r\n\t&#27;<![CDATA[x]]>##vso[x]\n::error::[[ATTACHMENT|/x]]"


def parsed(text: str):
    return etree.fromstring(text.encode())


def extended(report: Report, **words: object):
    return parsed(render(report, replace(MORE, **words)))  # type: ignore[arg-type]


def ends(root) -> list[tuple[str, str, str, str, str]]:
    """Who each case is, how it ended, and what is said of it."""
    found = []
    for case in root.iter("testcase"):
        (outcome,) = [c for c in case if c.tag in OUTCOMES] or [etree.Element("passed")]
        told = (outcome.tag, outcome.get("message", ""), outcome.text or "")
        found.append((case.get("classname"), case.get("name"), *told))
    return found


def properties(root, check: str) -> list[tuple[str, str]]:
    (case,) = root.xpath(f"//testcase[starts-with(@name, '{check} ')]")
    assert case[0].tag == "properties"
    return [(one.get("name"), one.get("value")) for one in case[0]]


def test_a_case_says_what_it_is_in_each_form_that_readers_take():
    root = extended(build([finding("DEL-01", route(HV01, HV11), Status.FAIL, "x")]))
    assert properties(root, "DEL-01") == [
        ("check_id", "DEL-01"),
        ("status", "FAIL"),
        ("severity", "critical"),
        ("target", HV01),
        ("attribute", "check_id:DEL-01"),
        ("attribute", "status:FAIL"),
        ("attribute", "severity:critical"),
        ("dd_tags[check.id]", "DEL-01"),
        ("dd_tags[check.status]", "FAIL"),
        ("dd_tags[check.severity]", "critical"),
        ("dd_tags[check.target]", HV01),
    ]


def test_a_case_without_a_finding_says_how_it_ended(report: Report):
    found = [
        (one.get("classname").split(".")[1], dict(told))
        for one in extended(report).xpath("//testcase[starts-with(@name, 'SCAN-000')]")
        for told in [[(p.get("name"), p.get("value")) for p in one[0]]]
    ]
    told = {name: (words["check_id"], words["status"], words["target"], "severity" in words) for name, words in found}
    assert told == {
        "run": ("SCAN-000", "PASS", "runner.corp.example", False),
        "branch_example": ("SCAN-000", "WARN", "branch.example", False),
        "corp_example": ("SCAN-000", "NOT_APPLICABLE", "corp.example", False),
        "hv01_corp_example": ("SCAN-000", "PASS", HV01, False),
        "hv02_corp_example": ("SCAN-000", "PASS", "hv02.corp.example", False),
        "hv11_branch_example": ("SCAN-000", "UNKNOWN", HV11, False),
    }


def test_a_machine_that_passed_is_named_by_its_own_case():
    root = extended(build([finding("VM-06", machine(GUIDS[0], "web"), Status.PASS, "none")]))
    assert (
        root.xpath("string(//testcase[starts-with(@name, 'VM-06')]/system-out)") == "Subject: web on hv01\nSeen: none"
    )
    assert root.xpath("//testcase[starts-with(@name, 'SCAN-000')]/system-out") == []


def test_a_case_names_the_line_of_the_estate_that_names_its_machine():
    made = build([finding("ID-01", host(name), Status.PASS) for name in (HV01, HV11)])
    lines = {HV01: 7}
    cases = extended(made, file="ci/estate.toml", lines=lines).findall(".//testcase")
    told = {(c.get("classname").split(".")[1], c.get("file"), c.get("line")) for c in cases}
    assert told == {
        ("run", "ci/estate.toml", "1"),
        ("hv01_corp_example", "ci/estate.toml", "7"),
        ("hv11_branch_example", "ci/estate.toml", "1"),
    }
    assert extended(made).xpath("//@file | //@line") == []
    assert parsed(render(made, JunitChoice(file="estate.toml", lines=lines))).xpath("//@file | //@line") == []


def test_it_is_told_in_the_manual_that_jenkins_xunit_refuses_it(report: Report):
    root = extended(report)
    valid = {name: schema.validate(root) for name, schema in SCHEMAS.items()}
    assert valid == dict.fromkeys(SCHEMAS, False)
    assert "**It is not for the xUnit step of Jenkins**" in (ROOT / "docs" / "reports.md").read_text(encoding="utf-8")


def assert_totals(root) -> None:
    cases = root.findall("testsuite/testcase")
    assert root.get("tests") == str(len(cases))
    for outcome, word in OUTCOMES.items():
        assert root.get(word) == str(len(root.findall(f"testsuite/testcase/{outcome}")))
    assert root.get("time") == f"{sum(float(suite.get('time')) for suite in root):.3f}"
    assert root.get("timestamp") == root[0].get("timestamp")
    assert root.get("name") == "hv-preflight"


def test_the_root_has_the_totals_of_its_own_file(report: Report):
    assert_totals(extended(report))
    texts = [text for text, _ in files(report, 4_000, MORE)]
    assert len(texts) > 2
    for text in texts:
        assert_totals(parsed(text))
    found = [end[:2] for text in texts for end in ends(parsed(text))]
    assert found == [end[:2] for end in ends(extended(report))]


@pytest.mark.parametrize("choice", CHOICES, ids=str)
def test_no_file_is_larger_than_its_limit(report: Report, choice: JunitChoice):
    size = len(render(report, choice).encode())
    largest = max(len(text.encode()) for text in _Suites(report, choice).texts(max(Length), True))
    for limit in (size + 400, size - 1, size // 2, size // 4, largest + 500):
        texts = [text.encode() for text, _ in files(report, limit, choice)]
        assert max(map(len, texts)) <= max(limit, largest + 500), limit
        assert [end[:2] for text in texts for end in ends(etree.fromstring(text))] == [
            end[:2] for end in ends(parsed(render(report, choice)))
        ]
        if texts[1:]:
            assert max(map(len, texts)) <= limit
    small = replace(choice, limit=size // 2)
    assert len(render(report, small).encode()) < size, "one file, as a pipe gets it, keeps to the limit as it can"


def test_a_tag_that_is_longer_takes_its_octets_from_the_suites():
    made = build([finding("ID-01", host(f"hv{n:03}.corp.example"), Status.PASS) for n in range(60)])
    suites = _Suites(made, MORE)
    numbers = len(list(suites.texts(max(Length), True)))
    for limit in range(1_000, 1_100):
        texts = [text for text, _ in in_files(lambda *_: ["x" * 50] * numbers, limit, suites.root)]
        assert texts[1:]
        assert max(map(len, texts)) <= limit


@settings(max_examples=40, deadline=None)
@given(reports(), st.sampled_from(CHOICES), st.sampled_from([ATTACK, HOSTILE, "", "x" * 70_000]))
def test_every_choice_keeps_the_rules_of_readers(made: Report, choice: JunitChoice, text: str):
    worse = [
        finding("VM-06", machine(text, text), Status.PASS, text),
        finding("NET-01", host(text or "h"), Status.FAIL, text, wanted=text, note=text, remedy=text),
    ]
    report = replace(build([*made.findings, *worse]), besides=(text,), runner=text, chosen=(text,))
    written = render(report, choice)
    root = parsed(written)
    assert written.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites')
    assert all(char.isprintable() or char in READABLE for char in written)
    assert not re.search(r"<[^>]*[\n\t]", written), "an attribute is one line"
    assert "CDATA[" not in written.replace("&lt;![CDATA[", "")
    assert not re.search(r"&#x?(?!10;)[0-9a-f]+;", written.replace("&amp;#", ""))
    for word in ("[[ATTACHMENT|", "##vso[", "\n::error"):
        assert word not in written
    assert all(re.fullmatch(r"\d+\.\d{3}", time) for time in root.xpath("//@time"))
    assert all(re.fullmatch(r"\d{4}(-\d\d){2}T\d\d(:\d\d){2}", at) for at in root.xpath("//@timestamp"))
    assert not root.xpath("//testsuite//testsuite | //testsuite/error | //testsuite/failure | //testcase/@status")
    for case in root.iter("testcase"):
        assert len([child for child in case if child.tag in OUTCOMES]) <= 1
        for outcome in case.iter(*OUTCOMES):
            assert len(outcome.get("message").encode()) <= 1_024
            assert len((outcome.text or "").encode()) <= 61_440
            assert outcome.get("type") not in FORBIDDEN_TYPES
    assert bool(root.xpath("//failure | //error")) is (report.exit_code != 0)
    strict = parsed(render(report, replace(choice, profile=STRICT)))
    assert ends(strict) == ends(root), "the same cases, with the same words"
    for schema in SCHEMAS.values():
        assert schema.validate(strict), schema.error_log
