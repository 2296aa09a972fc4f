"""Asks one machine everything that there is to ask of its kind, whatever the checks want, and notes what it says."""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from scanner import __version__
from scanner.collect.jobs import Collection
from scanner.collect.listening import Ear
from scanner.collect.own_questions import own_asks
from scanner.collect.plan import Want, kind_of, second_round
from scanner.collect.schemas import more_queries
from scanner.collect.threads import run_all
from scanner.estate.access import Access
from scanner.facts.base import WindowsFact
from scanner.facts.host import ComputerSystem
from scanner.facts.kerberos import HostClock
from scanner.hooks import Collector
from scanner.judge.judging import asks_of, enabled
from scanner.judge.settling import settle
from scanner.words.check import Check
from scanner.words.estate import Estate
from scanner.words.evidence import Evidence
from scanner.words.model import Fact, Gap, GapReason, TargetKind

NOT_ITSELF = (GapReason.ANOTHER_MACHINE, GapReason.UNPROVEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """What came of asking one machine."""

    target: str
    kind: TargetKind
    facts: tuple[type[WindowsFact], ...]
    """that were asked, of both rounds"""
    evidence: Evidence
    """as a scan would have it of this machine alone"""
    ear: Ear = field(repr=False)

    @property
    def not_itself(self) -> str:
        """Why what was heard is no answer of this machine; empty if it is."""
        asked = self.evidence.ask(ComputerSystem, self.target)
        return asked.because if isinstance(asked, Gap) and asked.reason in NOT_ITSELF else ""

    @property
    def heard(self) -> bool:
        """Whether anything came back."""
        return any(one.answered for one in self.ear.heard)


def facts_of(facts: Iterable[type[Fact]], target: str, estate: Estate) -> tuple[type[WindowsFact], ...]:
    """All facts of Windows that a machine is asked for, by what the estate says that it is."""
    kinds = {kind for kind, names in estate.targets.items() if target in names} or {kind_of(target, estate)}
    return tuple(fact for fact in facts if issubclass(fact, WindowsFact) and fact.kinds & kinds)


def learn(
    target: str,
    facts: Iterable[type[Fact]],
    collectors: Iterable[Collector],
    checks: Iterable[Check],
    estate: Estate,
    access: Access,
    interruptible: AbstractContextManager[object],
) -> Learnt:
    """Ask one machine of the estate, in two rounds as a scan does, within the same deadlines; always comes back."""
    now, asked = datetime.now(UTC), facts_of(facts, target, estate)
    evidence = Evidence(estate, started=now, finished=now, version=__version__)
    ear = Ear(tuple(more_queries(asked)))
    run = _Run(Collection(tuple(collectors), evidence, replace(access, tap=ear.on)))
    learnt = Learnt(target=target, kind=kind_of(target, estate), facts=asked, evidence=evidence, ear=ear)
    interrupted = False
    try:
        with interruptible:
            run.go(learnt, {fact: () for fact in (*asked, HostClock) if not fact.second_round})
            learnt = replace(learnt, evidence=run.settled())
            if learnt.heard and not learnt.not_itself:
                run.go(learnt, _arguments(learnt, checks, estate))
    except KeyboardInterrupt:
        interrupted = True
    run.collection.evidence.close()
    ended = run.collection.evidence.amended(finished=max(now, datetime.now(UTC)), interrupted=interrupted)
    return replace(learnt, evidence=settle(ended))


@dataclass(slots=True)
class _Run:
    """The rounds of one machine."""

    collection: Collection
    until: float = field(init=False)

    def __post_init__(self) -> None:
        self.until = time.monotonic() + self.collection.access.limits.run_deadline

    def go(self, learnt: Learnt, arguments: dict[type[Fact], tuple[str, ...]]) -> None:
        """Ask for these facts, of the second round with what they are about."""
        want = Want(learnt.target, learnt.kind, tuple(arguments))
        if not learnt.ear.heard:
            run_all(self.collection.preparations([want]), concurrency=1, until=self.until)
        run_all(self.collection.jobs([want], {learnt.target: arguments}), concurrency=1, until=self.until)

    def settled(self) -> Evidence:
        """Go on with settled evidence, as a scan does."""
        first = self.collection.evidence
        self.collection = replace(self.collection, evidence=settle(first))
        first.close()
        return self.collection.evidence


def _arguments(learnt: Learnt, checks: Iterable[Check], estate: Estate) -> dict[type[Fact], tuple[str, ...]]:
    """What the second round asks of it: what checks would, and what its own answers lead to."""
    told = learnt.evidence.amended()
    told.close()
    asks = (*asks_of(enabled(checks, estate.profiles), told), *own_asks(told, learnt.target))
    mine = second_round(asks, estate).get(learnt.target, {})
    return {fact: arguments for fact, arguments in mine.items() if fact in learnt.facts}


def unanswered(learnt: Learnt, fact: type[Fact]) -> str:
    """Why a query of a fact was not answered, in a word."""
    gap = learnt.evidence.ask(fact, learnt.target)
    return str(gap.reason) if isinstance(gap, Gap) else str(GapReason.NOT_COLLECTED)
