"""What no check judges is part of every verdict: one table, and none of its rows is judged all the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from checks.not_judged import NOT_JUDGED
from scanner.api import UNPROVEN, Evidence, NotJudged, Profile, Severity, Status, Subject, scopes
from scanner.judge.policy import report_of
from scanner.plugins import load
from scanner.words.report import Finding
from tests.conftest import HV01, NOW, estate

OFFER = load(third_party=False)
LIVE, REPLICA = frozenset({Profile.LIVE_MIGRATION}), frozenset({Profile.REPLICA})


def test_no_row_has_a_check():
    assert {row.id for row in NOT_JUDGED}.isdisjoint(check.id for check in OFFER.checks)


def test_a_row_stands_once_and_says_where_it_is_from():
    ids = [row.id for row in NOT_JUDGED if row.id]
    assert len(ids) == len(set(ids)) == len({row.title for row in NOT_JUDGED if row.id})
    assert all(row.title and row.source and row.profiles for row in NOT_JUDGED)


def test_what_can_never_be_judged_says_how_to_look():
    assert all(row.look for row in NOT_JUDGED if not row.ever)
    assert {row.id for row in NOT_JUDGED if row.id and not row.ever} == {"VM-13", "VM-15", "OPR-06"}


def test_every_kind_of_move_has_something_left():
    assert all(any(profile in row.profiles for row in OFFER.not_judged) for profile in Profile)


def finding(status: Status) -> Finding:
    subject = Subject(scopes.HOST, (HV01,))
    bears = scopes.HOST.bearing(subject)
    return Finding(
        check="X-01", subject=subject, bears=bears, profiles=LIVE, status=status, severity=Severity.LOW, title="t"
    )


def test_a_report_counts_the_checks_of_each_kind_of_move_against_what_shall_be():
    checks = tuple(replace(check, profiles=LIVE) for check in OFFER.checks[:3])
    rows = (
        NotJudged("X-02", "a", "beyond seeds", LIVE),
        NotJudged("X-03", "b", "beyond seeds", REPLICA),
        NotJudged("X-04", "c", "beyond seeds", LIVE, look="look"),
        NotJudged(checks[0].id, "judged by a plugin in the meantime", "beyond seeds", LIVE),
    )
    record = Evidence(estate(), NOW, NOW)
    report = report_of(
        record, (finding(Status.PASS),), checks=checks, plugins=(), threshold=Severity.LOW, not_judged=rows
    )
    assert [row.id for row in report.not_judged] == ["X-02", "X-04"]
    assert report.reach(Profile.LIVE_MIGRATION) == (3, 4)


@pytest.mark.parametrize("words", [{"title": 1}, {"look": None}, {"id": b"x"}])
def test_a_row_is_text(words):
    with pytest.raises(TypeError):
        replace(NOT_JUDGED[0], **words)


def test_a_row_is_of_known_kinds_of_move():
    with pytest.raises(ValueError, match="profiles"):
        NotJudged("X-01", "t", "s", frozenset({"warp"}))  # type: ignore[arg-type]


def test_the_sentence_of_what_is_unproven_stands_as_long_as_that_page_says_so():
    page = Path("docs/unproven.md").read_text(encoding="utf-8")
    assert "hv-preflight was built without a Windows machine at hand." in page
    assert UNPROVEN.startswith("hv-preflight has never run against real Windows: docs/unproven.md")


def test_what_the_estate_must_tell_is_listed_until_it_tells_it():
    def listed(**words: object) -> bool:
        record = Evidence(estate(**words), NOW, NOW)
        rows = OFFER.not_judged
        report = report_of(record, (), checks=(), plugins=(), threshold=Severity.LOW, not_judged=rows)
        return any("[operator] account" in row.look for row in report.not_judged)

    assert listed()
    assert not listed(operators=("CORP\\ops",))
