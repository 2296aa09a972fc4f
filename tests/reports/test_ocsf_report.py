from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from py_ocsf_models.events.findings.compliance_finding import ComplianceFinding

from reports.ocsf_report import render
from reports.programs import RUN
from scanner.words.model import Severity, Status
from scanner.words.report import Report
from tests.reports.conftest import END, HV01, START, build, finding, host
from tests.reports.situations import BEFORE, GOOD, RED, SITUATIONS, run
from tests.reports.strategies import reports

PASS, WARNING, FAIL, OTHER = 1, 2, 3, 99


def events(report: Report) -> list[dict[str, Any]]:
    """The events as a reader's classes take them, which are loose: what OCSF demands besides is held here."""
    found = json.loads(render(report))
    for event in found:
        ComplianceFinding.model_validate(event)
        assert event["type_uid"] == event["class_uid"] * 100 + event["activity_id"]
        assert (event["category_uid"], event["class_uid"]) == (2, 2003)
        assert event["compliance"]["status_code"]
        assert event["metadata"]["product"]["name"] == "hv-preflight"
        for time in (event["time"], event["start_time"], event["end_time"]):
            assert isinstance(time, int)
            assert time > 1e12, "milliseconds, not seconds"
        assert not event.keys() & {"resource", "status_detail"}, "these are deprecated"
    assert len({event["finding_info"]["uid"] for event in found}) == len(found)
    assert len({event["metadata"]["uid"] for event in found}) == len(found)
    return found


def about(report: Report) -> list[dict[str, Any]]:
    whole, *others = events(report)
    assert whole["finding_info"]["title"].startswith(f"{RUN} ")
    return others


@settings(max_examples=40, deadline=None)
@given(reports())
def test_every_finding_is_an_event(report: Report):
    words = Counter(event["compliance"]["status_code"] for event in about(report))
    assert words == Counter({key: number for key, number in report.counts.items() if number})


@pytest.mark.parametrize("name", SITUATIONS)
def test_it_is_valid(name: str):
    assert len(about(SITUATIONS[name][0])) == len(SITUATIONS[name][0].findings)


def test_times_are_of_the_run():
    assert [datetime.fromtimestamp(event["time"] / 1000, END.tzinfo) for event in events(run([RED]))] == [END] * 2
    assert {datetime.fromtimestamp(event["start_time"] / 1000, END.tzinfo) for event in events(run([RED]))} == {START}


@pytest.mark.parametrize(
    ("name", "status", "life"),
    [
        ("fails", FAIL, 1),
        ("unknown", WARNING, 1),
        ("a defect", WARNING, 1),
        ("waived", FAIL, 3),
        ("unknown, accepted", WARNING, 3),
        ("known by a baseline", FAIL, 2),
        ("a warning", FAIL, 1),
    ],
)
def test_statuses(name: str, status: int, life: int):
    (event,) = [event for event in about(SITUATIONS[name][0]) if event["compliance"]["status_id"] != PASS]
    assert (event["compliance"]["status_id"], event["status_id"]) == (status, life)


def test_what_passes_and_what_does_not_apply_have_no_life():
    silent = finding("NET-02", host(HV01), Status.NOT_APPLICABLE, note="no route ends here")
    found = {event["compliance"]["status_id"]: event for event in about(run([GOOD[0], silent]))}
    assert set(found) == {PASS, OTHER}
    assert found[OTHER]["compliance"]["status"] == "Not Applicable"
    assert not [event for event in found.values() if "status_id" in event]
    assert {event["severity_id"] for event in found.values()} == {1}


def test_severities():
    red = [RED.saying(replace(RED.said, severity=severity, check=f"X-{severity}")) for severity in Severity]
    assert sorted(event["severity_id"] for event in about(build(red, threshold=Severity.INFO))) == [1, 2, 3, 4, 5]
    warning = RED.saying(replace(RED.said, status=Status.WARN))
    assert about(run([warning]))[0]["severity_id"] == 3, "one less than a failure's"


def test_a_run_that_lacks_a_verdict_fails():
    for name in ("unknown", "interrupted", "nothing read", "nothing planned", "nothing judged"):
        whole = events(SITUATIONS[name][0])[0]
        assert (whole["compliance"]["status_id"], whole["severity"]) == (FAIL, "Critical")
        assert whole["unmapped"]["exit_code"] in (3, 130)
    assert events(SITUATIONS["ready"][0])[0]["compliance"]["status_id"] == PASS


def test_what_a_baseline_knows_is_an_update_and_was_seen_then():
    (event,) = [e for e in about(SITUATIONS["known by a baseline"][0]) if e["activity_id"] == 2]
    assert event["type_uid"] == 200302
    assert datetime.fromtimestamp(event["finding_info"]["first_seen_time"] / 1000, BEFORE.tzinfo) == BEFORE


def test_a_waiver_is_told_whole():
    (event,) = [e for e in about(SITUATIONS["waived"][0]) if "waiver" in e["unmapped"]]
    assert event["unmapped"]["waiver"] == "until 2027-01-31 by network team: cable is ordered"


def test_identifiers_stay_when_values_and_order_change(report: Report):
    other = [one.saying(replace(one.said, seen="x", wanted="y", note="z")) for one in report.findings]
    again = replace(report, findings=tuple(reversed(other)))
    assert {e["finding_info"]["uid"] for e in events(report)} == {e["finding_info"]["uid"] for e in events(again)}
