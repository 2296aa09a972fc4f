"""The page of one run: what changed with it, its routes and its findings, as far as a page holds them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from reports.site_words import holds, of_what, said
from scanner.api import FindingTurn, PastFinding, PastRoute, PastRun, Status, Step, tell, worst_first

MOST = 100
"""So many findings of one kind, and routes, stand on the page of a run."""
LOUD = (Status.FAIL, Status.ERROR, Status.UNKNOWN, Status.WARN)
"""What is listed; what passed is a number."""
WORDS = (tell("new"), tell("mended"), tell("no longer judged"), tell("waived"), tell("no longer waived"))

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """The first of many, and how many more there are."""

    title: str
    rows: Sequence[T]
    more: int

    @property
    def size(self) -> int:
        """All of them."""
        return len(self.rows) + self.more


def listed(title: str, rows: Sequence[T], most: int = MOST) -> Listed[T]:
    """As many as a page takes; one more is shown rather than counted."""
    cut = most if len(rows) > most + 1 else len(rows)
    return Listed(title, rows[:cut], len(rows) - cut)


def words_of_run(step: Step, findings: tuple[PastFinding, ...], routes: Sequence[PastRoute]) -> dict[str, Any]:
    """What the page of a run says, beside the numbers that the run itself has."""
    ordered = sorted(findings, key=worst_first)
    by_status = {status: [one for one in ordered if one.status is status] for status in LOUD}
    turns = {word: [turn for turn in step.turns if turn.word == word] for word in WORDS}
    stopped = [route for route in routes if route.verdict != "ready"]
    return {
        "step": step,
        "run": step.run,
        "said": said(step.run, findings),
        "holds": holds(step.run),
        "turns": [listed(word, _loud_first(found)) for word, found in turns.items() if found],
        "turned": listed(tell("routes that turned"), sorted(step.routes, key=lambda turn: _place(turn.route))),
        "verdicts": Counter(route.verdict for route in routes),
        "stopped": listed(tell("routes that are not ready"), sorted(stopped, key=_place)),
        "findings": [(status, listed(status, found)) for status, found in by_status.items() if found],
        "quiet": {status: number for status, number in step.run.counts.items() if status not in LOUD and number},
        "of_what": of_what,
    }


def _loud_first(turns: Iterable[FindingTurn]) -> list[FindingTurn]:
    """Those that matter most: of what is gone, what passed comes last."""
    return sorted(turns, key=lambda turn: (turn.finding.status is Status.PASS, -turn.finding.severity))


def _place(route: PastRoute) -> tuple[bool, str, str, str]:
    return route.verdict != "not ready", route.source, route.destination, route.profile


def about(run: PastRun) -> str:
    """Why nothing is held against it; empty where that is done."""
    if run.interrupted:
        return tell("It was ended early: it is held against no other run, and none against it")
    return (
        tell("A part of the estate was chosen: it is held against no other run, and none against it")
        if run.chosen
        else ""
    )
