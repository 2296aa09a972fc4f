"""Until when a verdict holds, held against judging the same record as of those instants."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from runpy import run_path
from typing import Any

import pytest

from scanner.api import Evidence, Finding, Report, Severity
from scanner.facts.stored import Stored
from scanner.judge import judging, policy
from scanner.judge.planning import planned
from scanner.judge.turning import Turning
from scanner.judge.whole import ordered_rows
from scanner.record import record
from tests.properties.records import FILES, OFFER, document
from tests.properties.renaming import Document

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
CASES = sorted((Path(__file__).parents[1] / "field" / "cases").glob("*.py"))
CERTIFIED = [path for path in CASES if "certified" in path.read_text(encoding="utf-8")]
NEAR = ", shortly before its certificates end"
Places = dict[tuple[str, str, str], str]


def shifted(name: str, days: int) -> Document:
    """A record whose key, changes of delegation and updates are of other days: they turn within the horizon."""
    made = document(name)
    for answer in made["answers"]:
        for row in answer["rows"]:
            for field in ("not_before", "not_after", "file_time", "listed", "control", "resource", "installed", "at"):
                if isinstance(row.get(field), str):
                    time = datetime.fromisoformat(row[field]) + timedelta(days=days)
                    row[field] = time.isoformat().replace("+00:00", "Z")
    return made


def cases() -> Iterator[tuple[str, Callable[[], Document]]]:
    for name in sorted(FILES):
        yield name, lambda name=name: document(name)
        yield f"{name}, a key that is not valid yet", lambda name=name: shifted(name, 3)
        yield f"{name}, delegation that was changed just now", lambda name=name: shifted(name, 8)
    for path in CERTIFIED:
        yield path.stem, lambda path=path: _told(path)
    for path in CERTIFIED[1:4]:
        yield f"{path.stem}{NEAR}", lambda path=path: _told(path)


def _told(path: Path) -> Document:
    case: dict[str, Any] = run_path(str(path))
    made = case["make"]()
    made.judged()
    return made.data


NAMES = dict(cases())
every = pytest.mark.parametrize("name", NAMES)


@cache
def evidence_of(name: str) -> Evidence:
    evidence = ordered_rows(record.load(json.dumps(NAMES[name]()).encode(), OFFER.facts))
    return evidence.amended(finished=_ends(evidence) - 200 * DAY) if name.endswith(NEAR) else evidence


def _ends(evidence: Evidence) -> datetime:
    """When the first of all certificates ends."""
    stored = (row for answer in evidence.answers() for row in answer.rows if isinstance(row, Stored))
    return min(row.certificate.not_after for row in stored if not row.certificate.problem)


def judged(name: str, at: datetime | None = None) -> Report:
    evidence = evidence_of(name)
    checks = judging.enabled(OFFER.checks, evidence.estate.profiles)
    found = judging.judge(checks, evidence, at)
    made = policy.report_of(evidence, found, checks=checks, plugins=OFFER.plugins, threshold=Severity.LOW)
    return planned(made, evidence, at)


def verdicts(report: Report) -> Places:
    """By place, as ``Turns`` names it."""
    told = {("", "", ""): report.verdict} | {("", "", state.profile): state.verdict for state in report.readiness}
    for route in report.routes:
        told[route.source, route.destination, ""] = route.verdict
        told |= {(route.source, route.destination, state.profile): state.verdict for state in route.profiles}
    return told


def same(finding: Finding) -> tuple[Any, ...]:
    return finding.check, finding.subject, finding.profile


@every
def test_a_second_before_it_is_as_now_and_then_it_is_as_was_said(name):
    now = judged(name)
    first = verdicts(now)
    for time in sorted({told.time for told in now.turns.by_place.values()}):
        before, then = verdicts(judged(name, max(time - SECOND, now.finished))), verdicts(judged(name, time))
        for place, told in now.turns.by_place.items():
            if told.time >= time:
                assert before[place] == first[place], (place, time)
            if told.time == time:
                assert then[place] == told.verdict != first[place], place
        unturned = {place for place in first if place not in now.turns.by_place}
        assert {place: then[place] for place in unturned} == {place: first[place] for place in unturned}


@every
def test_at_any_instant_every_finding_is_what_its_turns_say(name):
    """What was not judged again at an instant would have said there what it had said before."""
    evidence, now = evidence_of(name), judged(name)
    end = now.finished + 400 * DAY
    turning = Turning(now.findings, {check.id: check for check in now.checks}, evidence, now.finished, end)
    turns = list(turning.turns())
    assert [turn.time for turn in turns] == sorted(turn.time for turn in turns)
    chosen = Random(name)
    tries = {now.finished + chosen.random() ** 3 * 400 * DAY for _ in range(4)}
    tries |= {turn.time for turn in chosen.sample(turns, min(3, len(turns)))}
    for time in sorted(tries):
        expected = {place: finding.status for place, finding in enumerate(now.findings)}
        expected |= {turn.place: turn.finding.status for turn in turns if turn.time <= time}
        there = {same(finding): finding.status for finding in judged(name, time).findings}
        assert {same(f): expected[place] for place, f in enumerate(now.findings)} == there, time


@every
def test_as_of_its_own_instant_a_record_says_what_it_says(name):
    """The instant that notes what it is compared with is any other one to a check."""
    now, again = judged(name), judged(name, evidence_of(name).finished)
    assert now.findings == again.findings


def test_something_turns_in_each_way():
    turned = {told.check for name in NAMES for told in judged(name).turns.by_place.values()}
    assert {"KEY-03", "KEY-05", "REP-05"} <= turned
