"""What a check sees of the evidence: the facts it declared, or an exception that makes its verdict UNKNOWN.

Asking for a fact gives it or raises ``MissingEvidence``; the judging turns that into UNKNOWN, so no check can report
PASS or FAIL on missing data. "Zero rows" and "could not read" are different answers and never mix.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar

from scanner.words.asking import Asking, MissingEvidence, UndeclaredFact
from scanner.words.estate import Estate, Route
from scanner.words.everything import Everything
from scanner.words.model import Fact, Profile
from scanner.words.moment import Moment
from scanner.words.trace import Later, Trace

__all__ = ["MissingEvidence", "UndeclaredFact", "View"]

T = TypeVar("T")
P = ParamSpec("P")


@dataclass(slots=True)
class View(Asking):
    """The evidence as one check on one subject sees it: only declared facts, and it remembers what was read."""

    _profiles: frozenset[Profile] = frozenset()
    _later: Later | None = None
    for_all: bool = field(init=False, default=True)
    """nobody asked so far which kinds of move are judged: what was said holds for each"""
    timely: bool = field(init=False, default=False)
    """somebody asked what time it is: time alone may turn what was said"""
    trace: Trace | None = field(init=False, default=None)
    """what the time was compared with, where it is looked ahead"""

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
    def besides(self) -> tuple[Route, ...]:
        """The routes that are planned for other kinds of move alone: what they bring may fill the same volumes."""
        return self._evidence.besides

    @property
    def now(self) -> datetime:
        """The instant that the verdict is about, UTC: when the record was made, or later. There is no other clock."""
        self.timely = True
        if self._later is None:
            return self._evidence.finished
        self.trace = self.trace or Trace(self._later.time)
        return Moment.of(self._later.time, self.trace)

    @property
    def recorded(self) -> datetime:
        """When the record was made, UTC: how old an answer was then is how old it stays, whatever ``now`` is."""
        return self._evidence.finished

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

        return _given(self._apart((build, target), lambda apart: build(apart, target))[0])

    def shared(self, build: Callable[Concatenate[View, P], T], *names: P.args, **more: P.kwargs) -> T:
        """What ``build``, a pure module-level function, makes of a view and these names; made once for many subjects.

        As if the check called it itself: what it reads, reports name, and what it misses is missing each time.
        """
        key = (View.shared, build, names, tuple(more.items()))
        made, apart = self._apart(key, lambda apart: build(apart, *names, **more))
        self._read.update(apart._read)
        return _given(made)

    def _apart(self, key: object, build: Callable[[View], T]) -> tuple[T | MissingEvidence, View]:
        """What is made with a view of its own, and that view: once, and where the time was asked once an instant."""

        def made(later: Later | None) -> tuple[T | MissingEvidence, View]:
            apart = View(self._evidence, self._needs, self._profiles, later)
            try:
                return build(apart), apart
            except MissingEvidence as missing:
                return missing.with_traceback(None), apart

        key = key, self._needs, self._profiles
        what, apart = self._evidence.once(key, lambda: made(None))
        if apart.timely and self._later:
            what, apart = self._later.once(key, lambda: made(self._later))
        self.for_all = self.for_all and apart.for_all
        self.timely = self.timely or apart.timely
        if apart.trace and self._later:
            self.trace = self.trace or Trace(self._later.time)
            self.trace.add(apart.trace)
        return what, apart


def _given(made: T | MissingEvidence) -> T:
    if isinstance(made, MissingEvidence):
        raise MissingEvidence(str(made))
    return made
