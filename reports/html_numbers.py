"""The numbers of the first screen: each says of what it is one, and those that stand together add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from reports.html_view import Chapter
from reports.reach import never
from reports.summary import OPEN, STATUS_WORDS
from scanner.api import Report, Status, counted

VERDICTS = ("ready", "not ready", "incomplete")
PLURAL = (Status.WARN, Status.ERROR)
"""Statuses whose words are counted nouns."""
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
    which = {"ready": f" ({ready})"} if ready else {}
    parts = [f"{numbers[verdict]:,} {verdict}{which.get(verdict, '')}" for verdict in VERDICTS if numbers[verdict]]
    return f"{counted(len(verdicts), 'move')}: {', '.join(parts)}" if verdicts else "no move is planned"


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
        return f"Each of {counted(whole, 'move')} not ready waits for one of these alone"
    split = f"{alone or 'none'} wait for one of these alone, {whole - alone:,} for several"
    return f"Of {counted(whole, 'move')} not ready {split}"


def tally(report: Report, chapters: Sequence[Chapter]) -> list[tuple[Status, int, str, str]]:
    """The verdicts by status: number, word, and the chapter that holds most of them; all add up to the findings."""
    there = {chapter.id for chapter in chapters}
    return [
        (
            status,
            number,
            word if number == 1 or status not in PLURAL else f"{word}s",
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
            counted(len(stops), "blocker")
            + (f" ({follow:,} of them {'follows' if follow == 1 else 'follow'} from others)" if follow else ""),
        ),
        (lesser := len(failed) - len(stops) - accepted, f"{lesser:,} below the threshold ({report.threshold.word})"),
        (accepted, f"{accepted:,} waived"),
    )
    lacking = sum(map(report.lacks, unknown))
    both = ((lacking, f"{lacking:,} not given"), (len(unknown) - lacking, f"{len(unknown) - lacking:,} accepted"))
    return [
        *_made_of(f"{len(failed):,} failed", parts),
        *(_made_of(f"{len(unknown):,} unknown", both) if len(unknown) > lacking else ()),
    ]


def _made_of(what: str, parts: Iterable[tuple[int, str]]) -> list[str]:
    told = [words for number, words in parts if number]
    return [f"{what}: {', '.join(told)}"] if told else []


def unread(report: Report) -> str:
    """What was not judged at all, without the passages that no check ever can: those that none does yet."""
    later = len(report.not_judged) - never(report)
    return f"{counted(later, 'passage')} none does yet" if later else ""
