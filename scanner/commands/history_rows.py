"""The newest runs of an estate, each with what changed with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from scanner.commands.history_lines import Row
from scanner.history import reading
from scanner.history.reading import Link
from scanner.judge.past import Course, Given, is_whole, judged
from scanner.words.history import PastFinding, PastRun
from scanner.words.readiness import Waived
from scanner.words.report import AS_FAR
from scanner.words.telling import joined
from scanner.words.waivers import OPEN


def rows_of(link: Link, estate: str, most: int) -> list[Row]:
    """The newest runs, and what each had otherwise than the whole one before it."""
    every = reading.runs(link, estate)
    before = next((place for place, run in enumerate(every[most:], most) if is_whole(run) and judged(run)), len(every))
    course, found = Course(), list[Row]()
    for place, run in reversed(list(enumerate(every[: before + 1]))):
        if place > most - 1 and place != before:
            continue
        findings = reading.findings_of(link, run)
        if place == before:
            course.given = {one.key: Given(one, last, since) for one, last, since in _given(link, run)}
        step = course.take(run, findings, ())
        found.insert(0, Row(run=run, said=_said(run, findings), step=step))
    return found[:most]


def _given(link: Link, run: PastRun) -> Iterator[tuple[PastFinding, datetime, tuple[datetime, bool]]]:
    return ((one, last, (since, True)) for one, last, since in reading.given_before(link, run))


def _said(run: PastRun, findings: tuple[PastFinding, ...]) -> str:
    waived = [one for one in findings if one.waived]
    unknown = sum(one.status in OPEN for one in waived)
    words = Waived(findings=len(waived), unknown=unknown).ready(run.verdict)
    return joined(", ", [words, AS_FAR]) if run.chosen else words
