"""How pages about a history say and show things: instants, verdicts as small cells, kinds of move."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from reports.kinds_of_word import verdict as word_of
from reports.summary import STATUS_WORDS
from scanner.api import PastFinding, PastRoute, PastRun, Status, Waived, tell

SHAPES = {
    "ready": ("pass", "R"),
    "not ready": ("fail", "N"),
    "incomplete": ("unknown", "I"),
    "interrupted": ("early", "E"),
}
"""The class and the letter of a verdict; one that nobody knows is a question."""
OPEN = (Status.UNKNOWN, Status.ERROR)


@dataclass(frozen=True, slots=True)
class Cell:
    """A verdict as a small cell: told by its shape, its letter and its words, and by colour beside these."""

    css: str
    letter: str
    words: str


def cell(verdict: str, *, part: bool = False) -> Cell:
    """The cell of a verdict; of a run of which a part was chosen with a small letter."""
    css, letter = SHAPES.get(verdict, ("none", "?"))
    return (
        Cell(css, letter.lower(), tell("{verdict}, as far as chosen", verdict=word_of(verdict)))
        if part
        else Cell(css, letter, word_of(verdict))
    )


def minute(time: datetime) -> str:
    """``2026-11-30 04:00 UTC``."""
    return tell("{time:%Y-%m-%d %H:%M} UTC", time=time.astimezone(UTC))


def ended(word: str) -> str:
    """How a finding or a route ended in one of two runs, or that it was not there."""
    if word in set(Status):
        return STATUS_WORDS[Status(word)]
    return tell("not there") if word == "not there" else word_of(word)


def holds(run: PastRun) -> str:
    """Until when its verdict holds; empty where no end is known."""
    return tell("until {minute}", minute=minute(run.until)) if run.until else ""


def said(run: PastRun, findings: tuple[PastFinding, ...]) -> str:
    """Its verdict, with what is waived for it, and that it is not one of the whole."""
    waived = [one for one in findings if one.waived]
    unknown = sum(one.status in OPEN for one in waived)
    words = Waived(findings=len(waived), unknown=unknown).ready(run.verdict)
    return tell("{words}, as far as chosen", words=words) if run.chosen else words


def of_what(route: PastRoute) -> str:
    """What else is to know of a planned route: that disks move, too, or alone."""
    return tell("disks alone") if not route.machines else tell("with disks") if route.storage else ""
