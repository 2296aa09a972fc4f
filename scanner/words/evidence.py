"""The record of one run: every fact and gap, with when, how and as whom it was read.

Asking for a fact gives it or raises ``MissingEvidence``; the engine turns that into UNKNOWN, so no check can report
PASS or FAIL on missing data. "Zero rows" and "could not read" are different answers and never mix.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar, cast

from scanner.words.estate import Estate, Route
from scanner.words.model import Fact, Gap, GapReason, key_of
from scanner.words.source import Source, TargetInfo
from scanner.words.wording import counted

F = TypeVar("F", bound=Fact)
T = TypeVar("T")


class MissingEvidence(Exception):  # noqa: N818 - an answer, not a fault
    """A fact that a verdict would need is not there; its text is the reason a report prints."""


class UndeclaredFact(Exception):  # noqa: N818
    """A check read a fact it did not declare: a defect of the check."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of one fact on one target."""

    rows: tuple[Fact, ...]
    at: datetime
    query: str = ""
    """what was asked, as text"""


@dataclass(slots=True)
class Evidence:
    """All facts and gaps of one run, and the estate they were collected for."""

    estate: Estate
    started: datetime
    finished: datetime
    version: str = ""
    runner: str = ""
    interrupted: bool = False
    answers: dict[tuple[str, str], Answer] = field(default_factory=dict[tuple[str, str], Answer])
    gaps: dict[tuple[str, str], Gap] = field(default_factory=dict[tuple[str, str], Gap])
    targets: dict[str, TargetInfo] = field(default_factory=dict[str, TargetInfo])
    routes: dict[tuple[str, str], Route] = field(default_factory=dict[tuple[str, str], Route])
    """the estate's routes by source and destination"""
    memo: dict[tuple[str, str, object], object] = field(default_factory=dict[tuple[str, str, object], object])
    """what ``View.derived`` made of closed evidence"""
    closed: bool = False
    """nothing is taken any more: a target that answers after it was given up changes no verdict"""
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def __post_init__(self) -> None:
        self.routes.update(((route.source, route.destination), route) for route in self.estate.routes)

    def put(self, fact: type[Fact], target: str, rows: Sequence[Fact], *, query: str = "", at: datetime) -> None:
        """Record an answer. Rows of one fact on one target add up when it was asked in several queries."""
        key = (key_of(fact), target)
        with self._lock:
            if self.closed:
                return
            before = self.answers[key].rows if key in self.answers else ()
            self.answers[key] = Answer((*before, *rows), at, query)

    def miss(self, fact: type[Fact], target: str, reason: GapReason, detail: str = "") -> None:
        """Record that a fact could not be had. The first reason stands."""
        with self._lock:
            if self.closed:
                return
            self.gaps.setdefault((key_of(fact), target), Gap(key_of(fact), target, reason, detail))

    def disown(self, target: str, facts: Iterable[str], reason: GapReason, detail: str) -> None:
        """Take back what a target answered: each of these facts, had or not, becomes this gap. Closed or not."""
        with self._lock:
            for key in ((fact, target) for fact in facts):
                if self.answers.pop(key, None) is not None or key in self.gaps:
                    self.gaps[key] = Gap(*key, reason, detail)
            self.memo.clear()

    def derive(self, fact: type[Fact], target: str, rows: Sequence[Fact], basis: Answer) -> None:
        """Record what follows from an answer, in place of what was recorded before. Closed or not."""
        with self._lock:
            self.answers[key_of(fact), target] = Answer(tuple(rows), basis.at, basis.query)

    def has(self, fact: type[Fact], target: str) -> bool:
        """Whether there is an answer or a gap for it already."""
        return any((key_of(fact), target) in known for known in (self.answers, self.gaps))

    def close(self) -> None:
        """End the collection."""
        with self._lock:
            self.closed = True

    def ask(self, fact: type[F], target: str) -> tuple[F, ...] | Gap:
        """The rows, or why there are none to be had."""
        key = (key_of(fact), target)
        if key in self.gaps:
            return self.gaps[key]
        if key in self.answers:
            return cast("tuple[F, ...]", self.answers[key].rows)
        return Gap(key_of(fact), target, GapReason.NOT_COLLECTED, "it was not asked for")


@dataclass(slots=True)
class View:
    """The evidence as one check on one subject sees it: only declared facts, and it remembers what was read."""

    evidence: Evidence
    needs: tuple[type[Fact], ...]
    read: dict[tuple[type[Fact], str], None] = field(default_factory=dict[tuple[type[Fact], str], None])

    @property
    def estate(self) -> Estate:
        """What the user declared."""
        return self.evidence.estate

    def route(self, source: str, destination: str) -> Route | None:
        """The planned route between two hosts in this direction, if there is one."""
        return self.evidence.routes.get((source, destination))

    @property
    def now(self) -> datetime:
        """When the record was made, UTC. A check has no other clock."""
        return self.evidence.finished

    def ask(self, fact: type[F], target: str) -> tuple[F, ...] | Gap:
        """The rows of a fact, or its gap; for a check that can still decide without it.

        Raises:
            UndeclaredFact: the check did not declare that it needs this fact.
        """
        if fact not in self.needs:
            raise UndeclaredFact(f"{key_of(fact)} is read but not declared in needs")
        self.read[fact, target] = None
        return self.evidence.ask(fact, target)

    def rows(self, fact: type[F], target: str) -> tuple[F, ...]:
        """All rows of a fact, none included.

        Raises:
            MissingEvidence: it could not be read.
        """
        answer = self.ask(fact, target)
        if isinstance(answer, Gap):
            raise MissingEvidence(str(answer))
        return answer

    def one(self, fact: type[F], target: str) -> F:
        """The only row of a fact.

        Raises:
            MissingEvidence: it could not be read, or the answer was not one row.
        """
        rows = self.rows(fact, target)
        if len(rows) == 1:
            return rows[0]
        raise MissingEvidence(f"{key_of(fact)} of {target}: {counted(len(rows), 'row')} where one was expected")

    def maybe(self, fact: type[F], target: str) -> F | None:
        """The only row of a fact, or nothing when the answer was that there is none.

        Raises:
            MissingEvidence: it could not be read.
        """
        return None if not self.rows(fact, target) else self.one(fact, target)

    def derived(self, fact: type[F], target: str, build: Callable[[tuple[F, ...]], T]) -> T:
        """What ``build``, a pure function, makes of a fact's rows: an index that many subjects ask is made once.

        Raises:
            MissingEvidence: the rows could not be read.
        """
        rows = self.rows(fact, target)
        if not self.evidence.closed:
            return build(rows)  # more rows may come
        key = (key_of(fact), target, build)
        if key not in self.evidence.memo:
            self.evidence.memo[key] = build(rows)
        return cast("T", self.evidence.memo[key])

    def sources(self) -> tuple[Source, ...]:
        """What was read so far, as reports print it."""
        return tuple(self._source(fact, target) for fact, target in self.read)

    def _source(self, fact: type[Fact], target: str) -> Source:
        answer = self.evidence.answers.get((key_of(fact), target))
        if answer is None:
            return Source(key_of(fact), target, "", fact.question())
        return Source(key_of(fact), target, answer.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), answer.query)
