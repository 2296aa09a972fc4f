"""The first screen of the page: what kept most verdicts from being given, and where an action leads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from reports import lost
from reports.ahead import holds, looks_ahead
from reports.beside import beside
from reports.first import first
from reports.html_view import Chapter
from reports.names import Names
from reports.summary import counts_line, sentence
from reports.text import brief, upper_first
from reports.unjudged import Unjudged, unjudged
from scanner.api import Report

SHOWN = 3
"""So many causes stand on the first screen."""
CAUSE = 160
"""Characters shown of one; all of it stands further down."""


def words(report: Report, names: Names, chapters: Sequence[Chapter]) -> dict[str, Any]:
    """What the templates of the first screen say."""
    missing = unjudged(report, names, lost.told(report))
    lacking = causes(report, names, missing)
    whole = sentence(report)
    notes = map(upper_first, beside(report, names, whom(lacking)))
    return {
        "sentence": whole,
        "ahead": tuple(map(upper_first, filter(None, (looks_ahead(report), *holds(report, names, aloud=False))))),
        "notable": (*report.besides, *(note for note in notes if not whole.startswith(f"{note}.")), *report.accepted),
        "first": first(report, names),
        "group_of": places(chapters),
        "lacking": lacking,
        "missing": missing,
        "whom": partial(lost.whom, names=names),
        "counts_line": counts_line(report),
    }


def causes(
    report: Report, names: Names, missing: Sequence[tuple[str, Sequence[Unjudged]]]
) -> tuple[list[tuple[str, int]], int]:
    """The causes that cost most verdicts, each with their number, and how many more there are.

    Where all fit the first screen, all of what could not be judged stands there, and this is not shown.
    """
    whole = [(f"{lost.whom(one, names)}: {one.cause}", one.verdicts) for one in report.lost]
    others = [(reason, sum(len(entry.findings) for entry in entries)) for reason, entries in missing]
    found = sorted([*whole, *others], key=lambda cause: -cause[1])
    return [(brief(cause, CAUSE), verdicts) for cause, verdicts in found[:SHOWN]], len(found[SHOWN:])


def whom(lacking: tuple[list[tuple[str, int]], int]) -> str:
    """Whom the causes on the first screen concern, as they say it."""
    return " ".join(cause.split(": ", maxsplit=1)[0] for cause, _ in lacking[0])


def places(chapters: Iterable[Chapter]) -> dict[str, str]:
    """Where the failures of each check stand that stop a move: the first such place."""
    found: dict[str, str] = {}
    for chapter in chapters:
        for group in chapter.groups:
            found.setdefault(group.check_id, group.id)
    return found
