"""Why verdicts are missing, in causes of which each missing verdict belongs to one: so their numbers add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reports import lost
from reports.names import Names
from reports.text import brief
from reports.unjudged import Unjudged
from scanner.api import Gap, Report, tell

SHOWN = 4
"""So many causes stand on the first screen."""
CAUSE, ADVICE = 130, 160
"""Characters shown of one, and of what lets it be read; all of it stands further down."""
NONE = -1


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause: what it is, how many verdicts it costs, what lets them be given."""

    why: str
    """whom it concerns, and what it is"""
    verdicts: int
    advice: str


@dataclass(frozen=True, slots=True)
class Causes:
    """The dearest ones, and what is left."""

    missing: int
    """verdicts that could not be given and that nobody accepts"""
    shown: Sequence[Cause]
    others: int
    """causes more"""
    rest: int
    """verdicts that these cost"""
    shared: bool
    """some verdicts lack several things: each is counted with the dearest of its causes"""


def causes(report: Report, names: Names, missing: Sequence[tuple[str, Sequence[Unjudged]]]) -> Causes:
    """The causes, the dearest first. ``missing``: the reasons of what is not told as lost."""
    told = [
        Cause(
            brief(tell("{whom}: {cause}", whom=lost.whom(one, names), cause=one.cause), CAUSE),
            0,
            brief(one.advice, ADVICE),
        )
        for one in report.lost
    ]
    told += [Cause(brief(reason, CAUSE), 0, "") for reason, _ in missing]
    alike = _alike(report, missing)
    costs = Counter[int]()
    for places, number in alike.items():
        costs.update(dict.fromkeys(places, number))
    numbers = Counter[int]()
    for places, number in alike.items():
        numbers[max(places, key=lambda place: (costs[place], -place))] += number
    found = [replace(told[place], verdicts=number) for place, number in numbers.most_common()]
    rest = found[SHOWN:]
    return Causes(
        missing=sum(numbers.values()),
        shown=found[:SHOWN],
        others=len(rest),
        rest=sum(cause.verdicts for cause in rest),
        shared=any(len(places) > 1 for places in alike),
    )


def _alike(report: Report, missing: Sequence[tuple[str, Sequence[Unjudged]]]) -> Counter[frozenset[int]]:
    """How many verdicts are missing for the same causes; these by their places, what is lost first."""
    of_gap = {gap: place for place, one in enumerate(report.lost) for gap in one.gaps}
    of_finding = {
        id(finding): place
        for place, (_, entries) in enumerate(missing, start=len(report.lost))
        for entry in entries
        for finding in entry.findings
    }
    known: dict[int, int] = {}  # findings share their gaps

    def place(gap: Gap) -> int:
        if id(gap) not in known:
            known[id(gap)] = of_gap.get(gap, NONE)
        return known[id(gap)]

    found = Counter[frozenset[int]]()
    for finding in filter(report.lacks, report.findings):
        found[frozenset((*map(place, finding.lacks), of_finding.get(id(finding), NONE))) - {NONE}] += 1
    return found
