from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

from reports import gitlab_report
from reports.gitlab_report import render
from reports.programs import RUN
from scanner.words.model import Severity, Status
from scanner.words.report import Report
from tests.reports.conftest import HV01, build, finding, host
from tests.reports.situations import GOOD, RED, SITUATIONS, run
from tests.reports.strategies import reports

SCHEMA = json.loads((Path(__file__).parents[1] / "data" / "schemas" / "gitlab-codeclimate.json").read_bytes())
ORDER = ("blocker", "critical", "major", "minor", "info")


def entries(report: Report) -> list[dict[str, Any]]:
    """The list, of which GitLab reads every entry: it stops at the first that it cannot read."""
    found = json.loads(render(report))
    for entry in found:
        jsonschema.validate(entry, SCHEMA)
        assert entry["severity"] in ORDER
        assert entry["description"]
        assert entry["location"]["lines"]["begin"] == 1
        assert entry["location"]["path"][0] not in "./"
    assert len({entry["fingerprint"] for entry in found}) == len(found), "of equal ones GitLab keeps one"
    return found


def counting(report: Report) -> list[dict[str, Any]]:
    return [entry for entry in entries(report) if entry["check_name"] != RUN]


@pytest.mark.parametrize("name", SITUATIONS)
def test_an_entry_is_what_counts(name: str):
    report, _ = SITUATIONS[name]
    assert len(counting(report)) == sum(map(report.stops, report.findings))


@settings(max_examples=40, deadline=None)
@given(reports())
def test_an_entry_is_what_counts_whatever_was_found(report: Report):
    assert len(counting(report)) == sum(map(report.stops, report.findings))


def test_a_run_that_is_ready_is_an_empty_list():
    assert render(SITUATIONS["ready"][0]) == "[]\n"


def test_a_failure_is_told_whole():
    (entry,) = counting(run([*GOOD, RED]))
    assert entry["description"] == (
        "NET-01 Migration traffic is not sent in clear text: hv02.corp.example: seen in clear text; wanted IPsec"
    )
    assert (entry["severity"], entry["location"]["path"]) == ("major", "estates/prod.toml")


@pytest.mark.parametrize(
    ("severity", "word"),
    [
        (Severity.CRITICAL, "critical"),
        (Severity.HIGH, "major"),
        (Severity.MEDIUM, "minor"),
        (Severity.LOW, "minor"),
        (Severity.INFO, "minor"),
    ],
)
def test_severities(severity: Severity, word: str):
    red = RED.saying(replace(RED.said, severity=severity))
    assert counting(build([red], threshold=Severity.INFO))[0]["severity"] == word


def test_what_could_not_be_judged_is_an_entry_and_so_is_the_run():
    first, second = entries(SITUATIONS["unknown"][0])[:2]
    assert (first["check_name"], first["severity"]) == (RUN, "critical")
    assert "1 verdict could not be given" in first["description"]
    assert "could not be judged: MigrationSettings of hv11" in second["description"]


def test_what_must_be_known_is_one_entry_known_by_the_same_fingerprint():
    found = [entries(SITUATIONS[name][0]) for name in ("waived", "unverified", "narrowed", "known by a baseline")]
    assert [[entry["severity"] for entry in one] for one in found] == [["info"]] * 4
    assert len({one[0]["fingerprint"] for one in found}) == 1


def test_fingerprints_stay_when_values_and_order_change(report: Report):
    other = [one.saying(replace(one.said, seen="x", wanted="y", note="z")) for one in report.findings]
    again = replace(report, findings=tuple(reversed(other)))
    assert {e["fingerprint"] for e in counting(report)} == {e["fingerprint"] for e in counting(again)}


def test_very_many_are_cut_with_a_word(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(gitlab_report, "ENTRIES", 3)
    found = [finding("NET-01", host(f"h{n}.corp.example"), Status.FAIL, "clear") for n in range(5)]
    report = run([*GOOD, *found, finding("LM-06", host(HV01), Status.WARN, "x")])
    assert len(counting(report)) == 3
    first = entries(report)[0]
    assert "2 more findings that count: the JSON report has them" in first["description"]
