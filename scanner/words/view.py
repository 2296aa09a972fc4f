"""What a check sees of the evidence: the facts it declared, or an exception that makes its verdict UNKNOWN.

Asking for a fact gives it or raises ``MissingEvidence``; the judging turns that into UNKNOWN, so no check can report
PASS or FAIL on missing data. "Zero rows" and "could not read" are different answers and never mix.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import Concatenate, ParamSpec, TypeVar

from scanner.words.estate import Estate, Route
from scanner.words.everything import Everything
from scanner.words.evidence import Evidence
from scanner.words.model import Fact, Gap, Profile, key_of
from scanner.words.source import Source
from scanner.words.wording import counted

F = TypeVar("F", bound=Fact)
T = TypeVar("T")
P = ParamSpec("P")


class MissingEvidence(Exception):  # noqa: N818 - an answer, not a fault
    """A fact that a verdict would need is not there; its text is the reason a report prints."""


class UndeclaredFact(Exception):  # noqa: N818
    """A check read a fact it did not declare: a defect of the check."""


@dataclass(slots=True)
class View:
    """The evidence as one check on one subject sees it: only declared facts, and it remembers what was read."""

    _evidence: Evidence
    _needs: tuple[type[Fact], ...]
    _profiles: frozenset[Profile] = frozenset()
    for_all: bool = field(init=False, default=True)
    """nobody asked so far which kinds of move are judged: what was said holds for each"""
    _read: dict[tuple[type[Fact], str], None] = field(init=False, default_factory=dict[tuple[type[Fact], str], None])

    @property
    def estate(self) -> Estate:
        """What the user declared; of the profiles those alone that are judged: no other may change the verdict."""
        whole = self._evidence.estate
        if self.profiles == whole.profiles:
            return whole
        return self._evidence.once((View, self.profiles), lambda: replace(whole, profiles=self.profiles))

    @property
    def profiles(self) -> frozenset[Profile]:
        """The kinds of move that are judged: of the check's own those that the estate asks for, or one of them."""
        self.for_all = False
        return self._profiles

    @property
    def profile(self) -> Profile:
        """The one kind of move that is judged, of a check that judges each by itself.

        Raises:
            ValueError: the check judges several at once, and may not tell one from another.
        """
        (profile,) = self.profiles
        return profile

    def route(self, source: str, destination: str) -> Route | None:
        """The planned route between two hosts in this direction, if there is one."""
        return self._evidence.route(source, destination)

    @property
    def now(self) -> datetime:
        """When the record was made, UTC. A check has no other clock."""
        return self._evidence.finished

    def ask(self, fact: type[F], target: str) -> tuple[F, ...] | Gap:
        """The rows of a fact, or its gap; for a check that can still decide without it.

        Raises:
            UndeclaredFact: the check did not declare that it needs this fact.
        """
        self._note(fact, target)
        return self._evidence.ask(fact, target)

    def _declared(self, fact: type[Fact]) -> None:
        if fact not in self._needs:
            raise UndeclaredFact(f"{key_of(fact)} is read but not declared in needs")

    def _note(self, fact: type[Fact], target: str) -> None:
        if fact not in self._needs:
            self._declared(fact)
        self._read[fact, target] = None

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
        self._note(fact, target)
        made = self._evidence.derived(fact, target, build)
        if isinstance(made, Gap):
            raise MissingEvidence(str(made))
        return made

    def across(self, facts: tuple[type[Fact], ...], build: Callable[[Everything], T]) -> T:
        """What ``build``, a pure function, makes of these facts of all targets: an index that is made once.

        What of it decides a verdict is asked for besides, so that reports name where it was read.
        """
        for fact in facts:
            self._declared(fact)
        return self._evidence.once((facts, build), lambda: build(Everything(self._evidence, facts)))

    def aside(self, build: Callable[[View, str], T], target: str) -> T:
        """What ``build``, a pure module-level function, makes of a view and a target; made once for many subjects.

        For what bears on no verdict, as a remedy that looks at all other hosts: what it reads, reports do not name.

        Raises:
            MissingEvidence: it did.
        """

        def make() -> tuple[T, bool]:
            apart = View(self._evidence, self._needs, self._profiles)
            return build(apart, target), apart.for_all

        made, for_all = self._evidence.once((build, self._needs, self._profiles, target), make)
        self.for_all = self.for_all and for_all
        return made

    def shared(self, build: Callable[Concatenate[View, P], T], *names: P.args, **more: P.kwargs) -> T:
        """What ``build``, a pure module-level function, makes of a view and these names; made once for many subjects.

        As if the check called it itself: what it reads, reports name, and what it misses is missing each time.
        """

        def make() -> tuple[T | MissingEvidence, View]:
            apart = View(self._evidence, self._needs, self._profiles)
            try:
                return build(apart, *names, **more), apart
            except MissingEvidence as missing:
                return missing.with_traceback(None), apart

        key = (View.shared, build, self._needs, self._profiles, names, tuple(more.items()))
        made, apart = self._evidence.once(key, make)
        self._read.update(apart._read)
        self.for_all = self.for_all and apart.for_all
        if not isinstance(made, MissingEvidence):
            return made
        raise MissingEvidence(str(made))

    def gaps(self) -> Iterator[Gap]:
        """What was asked for so far and not had."""
        answers = (self._evidence.ask(fact, target) for fact, target in self._read)
        return (answer for answer in answers if isinstance(answer, Gap))

    def sources(self) -> tuple[Source, ...]:
        """What was read so far, as reports print it; findings that rest on the same share it."""
        read = tuple(self._read)
        return self._evidence.once(read, lambda: tuple(self._evidence.once(r, partial(self._source, *r)) for r in read))

    def _source(self, fact: type[Fact], target: str) -> Source:
        answer = self._evidence.answer(fact, target)
        if answer is None:
            return Source(key_of(fact), target, "", fact.question())
        return Source(key_of(fact), target, answer.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), answer.query)
