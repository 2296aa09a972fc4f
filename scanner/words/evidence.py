"""The record of one run: every fact and gap, with when, how and as whom it was read.

Until it is closed it takes what was read, by ``put``, ``miss`` and ``note``: rows are added, a gap outweighs them,
nothing is replaced. It gives frozen things alone; who makes something else of it makes another one by ``amended``.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, TypeVar, cast

from scanner.words.estate import Estate, Route
from scanner.words.model import Fact, Gap, GapReason, key_of, not_asked
from scanner.words.source import TargetInfo
from scanner.words.trouble import NO_ADVICE, Advice

F = TypeVar("F", bound=Fact)
T = TypeVar("T")
Key = tuple[str, str]
"""The name of a fact, and its target."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of one fact on one target."""

    fact: type[Fact]
    target: str
    rows: tuple[Fact, ...]
    at: datetime
    query: str = ""
    """what was asked, as text"""

    @property
    def key(self) -> Key:
        """What it answers."""
        return key_of(self.fact), self.target


class Evidence:
    """All facts and gaps of one run, and the estate they were collected for."""

    besides: tuple[Route, ...] = ()  # of evidence narrowed to kinds of move: the routes of others alone

    def __init__(
        self,
        estate: Estate,
        started: datetime,
        finished: datetime,
        version: str = "",
        runner: str = "",
        *,
        interrupted: bool = False,
        answers: Iterable[Answer] = (),
        gaps: Iterable[Gap] = (),
        targets: Iterable[TargetInfo] = (),
        closed: bool = False,
    ) -> None:
        self.estate: Final = estate
        self.started: Final = started
        self.finished: Final = finished
        self.version: Final = version
        self.runner: Final = runner
        self.interrupted: Final = interrupted
        self._routes: Final = {(route.source, route.destination): route for route in estate.routes}
        self._answers: Final[dict[Key, Answer]] = {}
        self._gaps: Final[dict[Key, Gap]] = {}
        self._targets: Final[dict[str, TargetInfo]] = {}
        self._derived: Final[dict[object, object]] = {}
        self._lock: Final = threading.Lock()
        self._closed = False
        for gap in gaps:
            self._miss(gap)
        for answer in answers:
            self._put(answer)
        for info in targets:
            self.note(info)
        self._closed = closed

    def amended(
        self,
        *,
        estate: Estate | None = None,
        finished: datetime | None = None,
        interrupted: bool | None = None,
        answers: Iterable[Answer] | None = None,
        gaps: Iterable[Gap] | None = None,
        targets: Iterable[TargetInfo] | None = None,
    ) -> Evidence:
        """Another one of the same run with these in place of its own, put together as when read, closed if this is."""
        return Evidence(
            estate or self.estate,
            self.started,
            self.finished if finished is None else finished,
            self.version,
            self.runner,
            interrupted=self.interrupted if interrupted is None else interrupted,
            answers=self.answers() if answers is None else answers,
            gaps=self.gaps() if gaps is None else gaps,
            targets=self.targets() if targets is None else targets,
            closed=self._closed,
        )

    def put(self, fact: type[Fact], target: str, rows: Sequence[Fact], *, query: str = "", at: datetime) -> None:
        """Record an answer. Rows of one fact on one target add up when it was asked in several queries."""
        with self._lock:
            if not self._closed:
                self._put(Answer(fact, target, tuple(rows), at, query))

    def _put(self, answer: Answer) -> None:
        if answer.key not in self._gaps:
            before = self._answers.get(answer.key)
            self._answers[answer.key] = replace(answer, rows=(*before.rows, *answer.rows)) if before else answer

    def miss(
        self, fact: type[Fact], target: str, reason: GapReason, detail: str = "", advice: Advice = NO_ADVICE
    ) -> None:
        """Record that a fact could not be had, whatever of it there is. The first reason stands."""
        with self._lock:
            if not self._closed:
                self._miss(Gap(key_of(fact), target, reason, detail, advice))

    def _miss(self, gap: Gap) -> None:
        self._gaps.setdefault((gap.fact, gap.target), gap)
        self._answers.pop((gap.fact, gap.target), None)

    def note(self, info: TargetInfo) -> None:
        """Record how a target was read; of one that was read before, both together."""
        with self._lock:
            if not self._closed and (before := self._targets.setdefault(info.name, info)) is not info:
                self._targets[info.name] = before.and_then(info)

    def close(self) -> None:
        """End the collection: a target that answers after it was given up changes no verdict."""
        with self._lock:
            self._closed = True

    @property
    def closed(self) -> bool:
        """Nothing is taken any more."""
        return self._closed

    def has(self, fact: type[Fact], target: str) -> bool:
        """Whether there is an answer or a gap for it already."""
        return any((key_of(fact), target) in known for known in (self._answers, self._gaps))

    def ask(self, fact: type[F], target: str) -> tuple[F, ...] | Gap:
        """The rows, or why there are none to be had."""
        key = (key_of(fact), target)
        if key in self._gaps:
            return self._gaps[key]
        if key in self._answers:
            return cast("tuple[F, ...]", self._answers[key].rows)
        return not_asked(*key, interrupted=self.interrupted)

    def derived(self, fact: type[F], target: str, build: Callable[[tuple[F, ...]], T]) -> T | Gap:
        """What ``build``, a pure function, makes of the rows, or their gap; of closed evidence it is made once."""
        key = (fact, target, build)
        if key in self._derived:
            return cast("T", self._derived[key])
        rows = self.ask(fact, target)
        return rows if isinstance(rows, Gap) else self.once(key, lambda: build(rows))

    def once(self, key: object, make: Callable[[], T]) -> T:
        """What is made of the evidence under this key; of closed evidence once, else again, for more may come."""
        if not self._closed:
            return make()
        if key not in self._derived:
            self._derived[key] = make()
        return cast("T", self._derived[key])

    def answer(self, fact: type[Fact], target: str) -> Answer | None:
        """The answer whole; nothing where there is none."""
        return self._answers.get((key_of(fact), target))

    def target(self, name: str) -> TargetInfo | None:
        """How a target was read, if it was."""
        return self._targets.get(name)

    def route(self, source: str, destination: str) -> Route | None:
        """The planned route between two hosts in this direction, if there is one."""
        return self._routes.get((source, destination))

    def answers(self) -> tuple[Answer, ...]:
        """All answers, by fact and target."""
        with self._lock:
            return tuple(answer for _, answer in sorted(self._answers.items(), key=lambda item: item[0]))

    def gaps(self) -> tuple[Gap, ...]:
        """All gaps, by fact and target."""
        with self._lock:
            return tuple(gap for _, gap in sorted(self._gaps.items(), key=lambda item: item[0]))

    def targets(self) -> tuple[TargetInfo, ...]:
        """How every target was read, by kind and name."""
        with self._lock:
            return tuple(sorted(self._targets.values(), key=lambda info: (info.kind, info.name)))
