"""What holds for formats that other programs read: no run looks green that is not, and nothing beside it is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from reports import ctrf_report, gitlab_report, html_report, markdown_report, ocsf_report, sarif_report
from reports.programs import COUNTING, FILE, Standing, identity, place, standing
from scanner.words.model import Status
from scanner.words.report import Report
from tests.reports.conftest import HOSTILE
from tests.reports.situations import GOOD, RED, SITUATIONS, run
from tests.reports.strategies import reports
from tests.test_inert import commands

Read = Callable[[Any], set[str]]


def of_sarif(document: Any) -> set[str]:
    """By fingerprint, what a reader that knows neither kinds nor suppressions holds against a change."""
    (one,) = document["runs"]
    return {r["partialFingerprints"]["hvPreflight/v1"] for r in one["results"] if r["level"] == "error"}


def of_gitlab(document: Any) -> set[str]:
    return {entry["fingerprint"] for entry in document if entry["severity"] != "info"}


def of_ocsf(document: Any) -> set[str]:
    """What fails and nobody has suppressed, or has in work."""
    return {
        event["finding_info"]["uid"]
        for event in document
        if (event["compliance"]["status_id"], event.get("status_id")) == (3, 1)
        and event["unmapped"].get("standing") != "warns"
    }


def of_ctrf(document: Any) -> set[str]:
    return {test["id"] for test in document["results"]["tests"] if test["status"] == "failed"}


READERS: dict[str, tuple[Callable[[Report], str], Read]] = {
    "sarif": (sarif_report.render, of_sarif),
    "gitlab": (gitlab_report.render, of_gitlab),
    "ocsf": (ocsf_report.render, of_ocsf),
    "ctrf": (ctrf_report.render, of_ctrf),
}
everywhere = pytest.mark.parametrize("name", READERS)


def red(name: str, report: Report) -> set[str]:
    render, read = READERS[name]
    return read(json.loads(render(report)))


def test_the_situations_are_what_they_are_called():
    codes = {name: report.exit_code for name, (report, _) in SITUATIONS.items()}
    assert {name for name, code in codes.items() if code == 0} == {
        "ready", "a warning", "waived", "unknown, accepted", "known by a baseline", "narrowed", "unverified",
        "a domain unread", "a look ahead",
    }  # fmt: skip
    assert set(codes.values()) == {0, 1, 3, 130}


@everywhere
@pytest.mark.parametrize("situation", SITUATIONS)
def test_red_there_is_red_here(name: str, situation: str):
    report, _ = SITUATIONS[situation]
    assert bool(red(name, report)) is (report.exit_code != 0)


@everywhere
@pytest.mark.parametrize("situation", SITUATIONS)
def test_what_must_be_known_is_read(name: str, situation: str):
    report, words = SITUATIONS[situation]
    text = json.dumps(json.loads(READERS[name][0](report)), ensure_ascii=False).casefold()
    assert [word for word in words if word.casefold() not in text] == []


def test_no_heading_calls_a_look_ahead_ready_and_no_more():
    report, _ = SITUATIONS["a look ahead"]
    assert report.said == "ready, looking ahead"
    assert markdown_report.render(report).startswith("## ✅ Ready, looking ahead\n")
    assert "Ready, looking ahead</h1>" in html_report.render(report)


@settings(max_examples=60, deadline=None)
@given(reports())
def test_red_there_is_red_here_whatever_was_found(report: Report):
    stopping = sum(map(report.stops, report.findings))
    for name in READERS:
        found = red(name, report)
        if name == "ocsf":  # below the threshold it is a failure all the same, and what is open is a warning
            assert found or report.exit_code == 0
            continue
        assert bool(found) is (report.exit_code != 0), name
        if name == "ctrf":
            assert len(found) - stopping in (0, 1)


@everywhere
@given(report=reports())
@settings(max_examples=20, deadline=None)
def test_texts_of_targets_do_nothing(name: str, report: Report):
    report = replace(report, runner=HOSTILE, estate_file=HOSTILE, version=HOSTILE)
    written = READERS[name][0](report)
    assert written.isascii()
    assert written.endswith("\n")
    assert not list(commands(written))
    texts = list(_texts(json.loads(written)))
    assert texts or name == "gitlab"  # a run that is ready has no entry there
    assert not [text for text in texts if {"\x1b", "\u202e", "\0", "\u2028", "\udc80"} & set(text)]


def _texts(value: Any) -> Any:
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _texts(inner)


@pytest.mark.parametrize("report", [SITUATIONS[name][0] for name in SITUATIONS], ids=SITUATIONS)
def test_what_counts_is_what_the_report_counts(report: Report):
    counting = [finding for finding in report.findings if standing(finding, report) in COUNTING]
    assert counting == [finding for finding in report.findings if report.stops(finding)]


def test_every_standing_is_made_something_of():
    assert set(ocsf_report.MADE_OF) == set(ctrf_report.MADE_OF) == set(Standing)
    assert set(gitlab_report.MADE_OF) == COUNTING
    assert set(sarif_report.MADE_OF) == set(Standing) - {Standing.PASSES, Standing.SILENT}
    errors = {how for how, (_, level) in sarif_report.MADE_OF.items() if level == "error"}
    assert errors == COUNTING - {Standing.UNKNOWN, Standing.ERROR}
    assert {how for how, status in ctrf_report.MADE_OF.items() if status == "failed"} == COUNTING


def test_whom_a_finding_is_about_tells_it_apart_and_nothing_else(report: Report):
    others = [saying_else(finding) for finding in report.findings]
    assert [identity(one) for one in others] == [identity(one) for one in report.findings]
    assert len({identity(one) for one in others}) == len(others)


def saying_else(finding: Any) -> Any:
    said = replace(finding.said, seen="x", wanted="y", note="z", remedy="r", status=Status.FAIL)
    return finding.saying(said)


@pytest.mark.parametrize(
    "file", ["", "/etc/estate.toml", "../estate.toml", "C:\\e.toml", "https://x/e.toml", "a\nb", "\u202eb", "."]
)
def test_a_file_that_is_none_of_a_repository_is_told_by_no_name(file: str):
    assert place(replace(run(GOOD), estate_file=file)) == FILE


def test_a_file_of_a_repository_is_told_as_it_lies_there():
    assert place(run([RED])) == "estates/prod.toml"
    assert place(replace(run([RED]), estate_file="./estates/b c.toml")) == "estates/b c.toml"
