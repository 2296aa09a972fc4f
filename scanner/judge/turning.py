"""When a finding turns by itself: what depends on the time is judged again at each instant that matters to it.

Pure. What a check compared the time with says when to look again (``scanner.words.moment``). Where it did otherwise,
instants are tried: every date in the rows that it read, a grid, and between two that differ the second at which it
turns. Nothing takes it that a verdict turns once, or one way.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple, cast

from scanner.judge.judging import again
from scanner.words.check import Check
from scanner.words.evidence import Evidence
from scanner.words.model import Status
from scanner.words.report import Finding
from scanner.words.trace import SECOND, Later, Trace, next_second
from scanner.words.view import View

Awaited = tuple[datetime, int, Status | str]
"""When, the place of a finding, and its status then; empty: it is to be judged then."""
DAYS, LEAST = 400, 20
"""instants of the grid, where few have to be tried, and where many"""
TRIES = 200_000
"""verdicts that all grids together cost, about"""


class Turn(NamedTuple):
    """A finding that counts otherwise from a second on."""

    time: datetime
    place: int
    """of the finding among all"""
    finding: Finding
    """as it counts from then on"""
    words: str = ""
    """what happens, without full stop; empty: what the check says of it, whose status is another"""


class Turning:
    """The turns of some findings until an end, in their order; each is judged again no oftener than is needed."""

    def __init__(
        self,
        findings: Sequence[Finding],
        checks: Mapping[str, Check],
        evidence: Evidence,
        start: datetime,
        end: datetime,
    ) -> None:
        self.checks, self.evidence, self.start, self.end = checks, evidence, start, end
        self.timely = {place: f for place, f in enumerate(findings) if f.timely and f.check in checks}
        self._later: Later = Later(start)

    def turns(self) -> Iterator[Turn]:
        """Every turn."""
        heap: list[Awaited] = []
        vague: dict[int, View] = {}
        for place, finding in self.timely.items():
            status, view = self._judged(place, self.start)
            if status is not finding.status:
                continue  # it does not say twice the same, so nothing can be said of it
            if view.trace and view.trace.vague:
                vague[place] = view
            else:
                self._await(heap, place, view.trace)
        for place, view in vague.items():
            heap += ((time, place, status) for time, status in self._tried(place, view, len(vague)))
        heapq.heapify(heap)
        now = dict(self.timely)
        while heap:
            time, place, status = heapq.heappop(heap)
            if not status:
                status, view = self._judged(place, time)
                if view.trace and view.trace.vague:
                    heap += ((at, place, then) for at, then in self._tried(place, view, 1, time))
                    heapq.heapify(heap)
                else:
                    self._await(heap, place, view.trace)
            if status is not now[place].status:
                now[place] = replace(now[place], status=status)
                yield Turn(time, place, now[place])

    def _await(self, heap: list[Awaited], place: int, trace: Trace | None) -> None:
        if trace and trace.soonest and trace.soonest <= self.end:
            heapq.heappush(heap, (trace.soonest, place, ""))

    def _judged(self, place: int, time: datetime) -> tuple[Status, View]:
        if self._later.time != time:
            self._later = Later(time)
        finding = self.timely[place]
        verdict, view = again(self.checks[finding.check], finding, self.evidence, self._later)
        return verdict.status, view

    def _tried(
        self, place: int, view: View, many: int, start: datetime | None = None
    ) -> Iterator[tuple[datetime, Status]]:
        """The turns of a finding of which the time does not tell them, as far as instants that are tried show them."""
        start = start or self.start
        days = max(LEAST, min(DAYS, TRIES // many))
        first = start.replace(hour=0, minute=0, second=0, microsecond=0)
        step = timedelta(days=max(1, DAYS // days))
        grid = {first + step * number for number in range(1, days + 1)} | {*_dates(view)}
        seconds = {second for time in grid for second in (time.replace(microsecond=0), next_second(time))}
        before, was = start, self._judged(place, start)[0]
        for time in sorted(second for second in seconds if start < second <= self.end):
            status = self._judged(place, time)[0]
            while status is not was:
                before = self._between(place, before, time, was)
                was = self._judged(place, before)[0]
                yield before, was
            before = time

    def _between(self, place: int, low: datetime, high: datetime, was: Status) -> datetime:
        """The second at which it no longer is what it was."""
        while high - low > SECOND:
            middle = next_second(low + (high - low) / 2 - SECOND)
            if not low < middle < high:
                break
            if self._judged(place, middle)[0] is was:
                low = middle
            else:
                high = middle
        return high


def _dates(view: View) -> Iterator[datetime]:
    """Every date in the rows that were read."""
    for row in view.read_rows():
        yield from _within(row)


def _within(value: Any) -> Iterator[datetime]:
    if isinstance(value, datetime):
        yield value
    elif isinstance(value, tuple):
        for item in cast("tuple[object, ...]", value):
            yield from _within(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _within(getattr(value, field.name))
