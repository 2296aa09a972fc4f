"""What a statement says of a run: nothing that stopped the gate passes for passed, and other readers read it, too."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings

from scanner.attest.statement import FAILED, PASSED, WARNED, AttestationError, stated, understood
from scanner.words.model import Status
from scanner.words.report import Report
from tests.reports import conftest
from tests.reports.conftest import HV01, HV11, build, finding, host, route
from tests.reports.situations import SITUATIONS
from tests.reports.strategies import reports

report = conftest.report

FILES = {"report.html": "0" * 64, "run.hvp": "1" * 64}
TOLD_BY = {"estate.toml": "2" * 64}


def said(report: Report) -> dict:
    return json.loads(stated(report, FILES, TOLD_BY))["predicate"]


def test_files_are_subjects_and_what_told_the_run_is_its_configuration(report: Report) -> None:
    made = understood(stated(report, FILES, TOLD_BY))
    assert {one.name: one.digest.sha256 for one in made.subject} == FILES
    assert {one.name: one.digest.sha256 for one in made.predicate.configuration} == TOLD_BY


@pytest.mark.parametrize(
    ("statuses", "result"),
    [
        ([Status.PASS], PASSED),
        ([Status.PASS, Status.NOT_APPLICABLE], PASSED),
        ([Status.PASS, Status.WARN], WARNED),
        ([Status.PASS, Status.FAIL], FAILED),
        ([Status.PASS, Status.UNKNOWN], FAILED),
        ([Status.PASS, Status.ERROR], FAILED),
    ],
)
def test_the_result_is_the_exit_codes(statuses: list[Status], result: str) -> None:
    found = [finding("DEL-01", route(HV01, HV11), statuses[0])]
    found += [finding("ID-01", host(HV01), status, "x") for status in statuses[1:]]
    report = build(found, routes=((HV01, HV11),))
    assert said(report)["result"] == result
    assert (result == FAILED) is (report.exit_code != 0)


def test_a_run_that_reached_nothing_has_not_passed() -> None:
    assert said(build([]))["result"] == FAILED


def test_a_check_that_stopped_the_gate_once_has_not_passed() -> None:
    found = [
        finding("DEL-01", route(HV01, HV11), Status.PASS),
        finding("DEL-01", route(HV11, HV01), Status.UNKNOWN, "x"),
    ]
    made = said(build(found))
    assert (made["passedTests"], made["failedTests"]) == ([], ["DEL-01"])


def test_what_does_not_apply_is_no_test_that_passed() -> None:
    made = said(
        build([finding("DEL-01", host(HV01), Status.NOT_APPLICABLE), finding("ID-01", host(HV01), Status.PASS)])
    )
    assert made["passedTests"] == ["ID-01"]


def test_a_run_that_was_narrowed_says_so(report: Report) -> None:
    assert said(replace(report, chosen=("--only DEL-01",)))["hvPreflight"]["chosen"] == ["--only DEL-01"]


def test_another_reader_takes_it_for_a_statement_of_in_toto(report: Report) -> None:
    from google.protobuf import json_format
    from in_toto_attestation.predicates.test_result.v0.test_result_pb2 import TestResult
    from in_toto_attestation.v1 import statement_pb2
    from in_toto_attestation.v1.statement import Statement

    payload = json.loads(stated(report, FILES, TOLD_BY))
    Statement.copy_from_pb(json_format.ParseDict(payload, statement_pb2.Statement())).validate()
    result = json_format.ParseDict(payload["predicate"], TestResult(), ignore_unknown_fields=True)
    assert result.result == "FAILED"
    assert list(result.failed_tests) == payload["predicate"]["failedTests"]


@pytest.mark.parametrize(
    ("place", "value", "why"),
    [
        (("_type",), "https://example.org/other", "no statement on the result"),
        (("predicateType",), "https://slsa.dev/provenance/v1", "no statement on the result"),
        (("subject",), [], "names no file"),
        (("subject", 0, "digest", "sha256"), "0" * 63, "says nothing of a run"),
        (("predicate", "result"), PASSED, "contradicts"),
        (("predicate", "hvPreflight", "exitCode"), 0, "contradicts"),
        (("predicate", "hvPreflight"), None, "says nothing of a run"),
        (("predicate", "hvPreflight", "exitCode"), 256, "contradicts"),
        (("predicate", "hvPreflight", "gate"), "ready", "contradicts"),
        (("predicate", "hvPreflight", "verdict"), "ready", "contradicts"),
        (("predicate", "hvPreflight", "verdict"), "interrupted", "contradicts"),
        (("predicate", "hvPreflight", "kinds"), [], "not that of its kinds"),
        (("predicate", "hvPreflight", "kinds", 0, "verdict"), "ready", "not that of its kinds"),
        (("predicate", "hvPreflight", "kinds", 0, "verdict"), "fine", "not that of its kinds"),
        (("predicate", "hvPreflight", "finished"), "2026-12-01T09:00:00", "says nothing of a run"),
        (("predicate", "hvPreflight", "judgedAsOf"), "2026-12-01T09:00:00", "says nothing of a run"),
        (("subject", 1, "name"), "report.html", "names a file twice"),
    ],
)
def test_a_statement_that_cannot_be_one_is_refused(report: Report, place: tuple, value: object, why: str) -> None:
    made = json.loads(stated(report, FILES, TOLD_BY))
    *way, last = place
    inner = made
    for step in way:
        inner = inner[step]
    inner[last] = value
    with pytest.raises(AttestationError, match=why):
        understood(json.dumps(made).encode())


@pytest.mark.parametrize("report", [one for one, _ in SITUATIONS.values()], ids=SITUATIONS)
def test_what_a_run_says_agrees_with_itself(report: Report) -> None:
    run = understood(stated(report, FILES, TOLD_BY)).predicate.hv_preflight
    assert (run.exit_code, run.gate, run.verdict) == (report.exit_code, report.gate, report.verdict)


def test_that_certificates_were_not_verified_is_signed_and_an_older_statement_says_nothing_of_it() -> None:
    payload = stated(SITUATIONS["unverified"][0], FILES, TOLD_BY)
    assert understood(payload).predicate.hv_preflight.unverified == 1
    made = json.loads(payload)
    del made["predicate"]["hvPreflight"]["unverified"]
    assert understood(json.dumps(made).encode()).predicate.hv_preflight.unverified == 0


@settings(max_examples=60, deadline=None)
@given(reports())
def test_whatever_was_found_agrees_with_itself(report: Report) -> None:
    assert understood(stated(report, FILES, TOLD_BY)).predicate.hv_preflight.exit_code == report.exit_code


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("hvPreflight", "verdict"), "not ready"),
        (("hvPreflight", "verdict"), "incomplete"),
        (("hvPreflight", "verdict"), "interrupted"),
        (("hvPreflight", "kinds"), []),
        (("hvPreflight", "kinds", 0, "verdict"), "incomplete"),
        (("failedTests",), ["DEL-01"]),
        (("result",), FAILED),
        (("result",), "GREEN"),
    ],
)
def test_no_exit_code_0_stands_beside_what_is_not_ready(place: tuple, value: object) -> None:
    made = json.loads(stated(SITUATIONS["ready"][0], FILES, TOLD_BY))
    inner = made["predicate"]
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    with pytest.raises(AttestationError):
        understood(json.dumps(made).encode())


def test_until_is_told_where_the_gate_turns_by_itself(report: Report) -> None:
    assert "until" in said(report)["hvPreflight"]
    assert datetime.fromisoformat(said(report)["hvPreflight"]["finished"]) == report.finished.astimezone(UTC)
