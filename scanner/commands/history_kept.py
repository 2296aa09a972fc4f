"""The history as commands read it: each question in a transaction of its own, so that no audit waits for a reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from scanner.history import reading
from scanner.history.place import Place
from scanner.history.reading import HistoryError, Link
from scanner.history.waived import waivers_of
from scanner.words.history import PastFinding, PastRoute, PastRun
from scanner.words.telling import tell
from scanner.words.waivers import NO_WAIVERS, Waivers

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kept:
    """What pages are made of."""

    place: Place

    def estates(self) -> tuple[str, ...]:
        """The names of the estates."""
        with reading.reading(self.place) as link:
            return reading.estates(link)

    def runs(self, estate: str) -> tuple[PastRun, ...]:
        """Their runs, the newest first."""
        with reading.reading(self.place) as link:
            return reading.runs(link, estate)

    def findings(self, run: PastRun) -> tuple[PastFinding, ...]:
        """What a run found."""
        return self._of(run, reading.findings_of)

    def routes(self, run: PastRun) -> tuple[PastRoute, ...]:
        """How ready a run found each route."""
        return self._of(run, reading.routes_of)

    def record(self, run: PastRun) -> bytes | None:
        """The evidence of a run; nothing where it is not kept any more."""
        return self._of(run, reading.record_of)

    def waivers(self, run: PastRun) -> Waivers:
        """Those in force in a run."""
        found = self._of(run, waivers_of)
        return Waivers(found, file=tell("the history")) if found else NO_WAIVERS

    def _of(self, run: PastRun, ask: Callable[[Link, PastRun], T]) -> T:
        """What is asked about a run.

        Raises:
            HistoryError: it is forgotten meanwhile, so nothing that was read of it would be true.
        """
        with reading.reading(self.place) as link:
            if reading.run_of(link, run.number) is None:
                raise HistoryError(f"run {run.number} was forgotten while the history {self.place} was read: once more")
            return ask(link, run)
