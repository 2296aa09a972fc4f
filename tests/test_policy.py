"""Exit codes and route states: what counts, and that unknown is never green."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.api import Evidence, Finding, Route, Scope, Severity, Status, Subject
from scanner.exits import INCOMPLETE, INTERRUPTED, NOT_READY, READY
from scanner.policy import decide, report_of
from tests.conftest import BRANCH, HV01, HV02, HV11, NOW, estate


def finding(status: Status, severity: Severity = Severity.HIGH, subject: Subject | None = None) -> Finding:
    return Finding(
        check="X-01", subject=subject or Subject(Scope.HOST, (HV01,)), status=status, severity=severity, title="t"
    )


@pytest.mark.parametrize(
    ("statuses", "code"),
    [
        ([Status.PASS], READY),
        ([Status.WARN], READY),
        ([Status.PASS, Status.NOT_APPLICABLE], READY),
        ([], INCOMPLETE),
        ([Status.NOT_APPLICABLE], INCOMPLETE),
        ([Status.PASS, Status.UNKNOWN], INCOMPLETE),
        ([Status.PASS, Status.ERROR], INCOMPLETE),
        ([Status.UNKNOWN, Status.FAIL], NOT_READY),
        ([Status.ERROR, Status.FAIL], NOT_READY),
    ],
)
def test_exit_code(statuses, code):
    assert decide([finding(status) for status in statuses], Severity.LOW) == code


def test_threshold_is_inclusive():
    assert decide([finding(Status.FAIL, Severity.MEDIUM)], Severity.MEDIUM) == NOT_READY
    assert decide([finding(Status.FAIL, Severity.MEDIUM)], Severity.HIGH) == READY


@given(st.lists(st.tuples(st.sampled_from(Status), st.sampled_from(Severity))), st.sampled_from(Severity))
def test_ready_means_that_everything_was_judged_and_nothing_stops(rows, threshold):
    findings = [finding(status, severity) for status, severity in rows]
    if decide(findings, threshold) == READY:
        assert not any(f.status in (Status.UNKNOWN, Status.ERROR) for f in findings)
        assert not any(f.status is Status.FAIL and f.severity >= threshold for f in findings)
        assert any(f.status in (Status.PASS, Status.WARN, Status.FAIL) for f in findings)


def test_a_route_counts_what_bears_on_it():
    where = estate(hosts=(HV01, HV02, HV11), routes=(Route(HV01, HV02), Route(HV02, HV11)))
    findings = (
        finding(Status.FAIL, subject=Subject(Scope.ROUTE, (HV01, HV02))),
        finding(Status.UNKNOWN, subject=Subject(Scope.HOST, (HV11,))),
        finding(Status.WARN, subject=Subject(Scope.PAIR, (HV01, HV02))),
        finding(Status.FAIL, Severity.LOW, Subject(Scope.VM, (HV01, "id"))),
        finding(Status.PASS, subject=Subject(Scope.DOMAIN, (BRANCH,))),
    )
    record = Evidence(where, NOW, NOW)
    report = report_of(record, findings, checks=(), plugins=(), threshold=Severity.MEDIUM)
    first, second = report.routes
    assert (first.verdict, first.failed, first.warned, first.unknown) == ("not ready", 2, 1, 0)
    assert first.blockers == (("X-01", f"{HV01}/{HV02}"),)
    assert (second.verdict, second.failed, second.unknown) == ("incomplete", 0, 1)
    assert report.counts == {"PASS": 1, "FAIL": 2, "WARN": 1, "NOT_APPLICABLE": 0, "UNKNOWN": 1, "ERROR": 0}
    assert (report.verdict, report.exit_code) == ("not ready", NOT_READY)


def test_an_interrupted_run_says_so_whatever_was_found():
    record = Evidence(estate(), NOW, NOW, interrupted=True)
    report = report_of(record, (finding(Status.PASS),), checks=(), plugins=(), threshold=Severity.LOW)
    assert (report.verdict, report.exit_code) == ("interrupted", INTERRUPTED)
