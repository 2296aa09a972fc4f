"""The numbers of the first screen: each says of what it is one, and those that stand together add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from reports.html_view import Chapter
from reports.kinds_of_word import numbered, severity, verdict
from reports.reach import never
from reports.summary import OPEN, STATUS_WORDS
from scanner.api import Report, Status, counted, joined, plural, tell

VERDICTS = ("ready", "not ready", "incomplete")
PLURAL = {Status.WARN: tell("warnings"), Status.ERROR: tell("errors")}
"""Statuses whose words are nouns, of which there may be several."""
CHAPTERS = {
    Status.PASS: ("passed",),
    Status.FAIL: ("blockers", "lesser", "waived"),
    Status.WARN: ("warnings", "waived"),
    Status.NOT_APPLICABLE: ("not-applicable",),
    Status.UNKNOWN: ("unknown", "waived"),
    Status.ERROR: ("errors", "waived"),
}
"""Where the findings of a status are, most of them first."""


def moves(verdicts: Sequence[str], ready: str = "") -> str:
    """``13 moves: 1 ready (hv05 → hv01), 10 not ready, 2 incomplete``; ``ready``: which, where that is to be said."""
    numbers = Counter(verdicts)
    which = {"ready": tell(" ({ready})", ready=ready)} if ready else {}
    parts = [joined("", (numbered(numbers[one], verdict(one)), which.get(one, ""))) for one in VERDICTS if numbers[one]]
    return (
        tell("{moves}: {parts}", moves=counted(len(verdicts), "move"), parts=joined(", ", parts))
        if verdicts
        else tell("no move is planned")
    )


def in_all(report: Report) -> str:
    """The same of all kinds together, and what a move is; empty where there is one kind."""
    found = [state.verdict for route in report.routes for state in route.profiles]
    return moves(found) if len(report.readiness) > 1 and found else ""


def several(report: Report) -> str:
    """How many of the moves that are not ready wait for one actor alone; empty where one has to act."""
    acting = [actor for actor in report.actors if actor.who]
    if len(acting) < 2:
        return ""
    whole, alone = acting[0].of, sum(actor.alone for actor in acting)
    if alone == whole:
        return tell("Each of {moves} not ready waits for one of these alone", moves=counted(whole, "move"))
    of_moves, rest = counted(whole, "move"), whole - alone
    if not alone:
        return tell(
            "Of {moves} not ready none wait for one of these alone, {rest:,} for several", moves=of_moves, rest=rest
        )
    return tell(
        "Of {moves} not ready {alone} wait for one of these alone, {rest:,} for several",
        moves=of_moves,
        alone=alone,
        rest=rest,
    )


def tally(report: Report, chapters: Sequence[Chapter]) -> list[tuple[Status, int, str, str]]:
    """The verdicts by status: number, word, and the chapter that holds most of them; all add up to the findings."""
    there = {chapter.id for chapter in chapters}
    return [
        (
            status,
            number,
            word if number == 1 else PLURAL.get(status, word),
            next((chapter for chapter in CHAPTERS[status] if chapter in there), ""),
        )
        for status, word in STATUS_WORDS.items()
        if (number := report.counts.get(status.value, 0)) or status is Status.PASS
    ]


def parts_of(report: Report) -> list[str]:
    """What numbers of the tally are made of, where that is more than one thing."""
    failed = [finding for finding in report.findings if finding.status is Status.FAIL]
    stops = [finding for finding in failed if report.blocks(finding)]
    accepted = sum(finding.waiver is not None for finding in failed)
    unknown = [finding for finding in report.findings if finding.status in OPEN]
    follow = sum(bool(finding.follows_from) for finding in stops)
    parts = (
        (
            len(stops),
            _following(counted(len(stops), "blocker"), follow) if follow else counted(len(stops), "blocker"),
        ),
        (
            lesser := len(failed) - len(stops) - accepted,
            tell("{lesser:,} below the threshold ({threshold})", lesser=lesser, threshold=severity(report.threshold)),
        ),
        (accepted, tell("{accepted:,} waived", accepted=accepted)),
    )
    lacking = sum(map(report.lacks, unknown))
    both = (
        (lacking, tell("{lacking:,} not given", lacking=lacking)),
        (len(unknown) - lacking, tell("{rest:,} accepted", rest=len(unknown) - lacking)),
    )
    return [
        *_made_of(tell("{count:,} failed", count=len(failed)), parts),
        *(
            _made_of(plural(len(unknown), "{number:,} unknown", "{number:,} unknown"), both)
            if len(unknown) > lacking
            else ()
        ),
    ]


def _following(blockers: str, number: int) -> str:
    return plural(
        number,
        "{blockers} ({number:,} of them follows from others)",
        "{blockers} ({number:,} of them follow from others)",
        blockers=blockers,
    )


def _made_of(what: str, parts: Iterable[tuple[int, str]]) -> list[str]:
    told = [words for number, words in parts if number]
    return [tell("{what}: {told}", what=what, told=joined(", ", told))] if told else []


def unread(report: Report) -> str:
    """What was not judged at all, without the passages that no check ever can: those that none does yet."""
    later = len(report.not_judged) - never(report)
    return tell("{passages} none does yet", passages=counted(later, "passage")) if later else ""
