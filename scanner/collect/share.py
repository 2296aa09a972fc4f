"""The share of a run's evidence that one collector has: it takes the place of no other collector's answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from scanner.collect.plan import Want
from scanner.words.estate import Estate
from scanner.words.evidence import Answer, Evidence
from scanner.words.model import Fact, Gap, GapReason, key_of
from scanner.words.source import TargetInfo
from scanner.words.trouble import NO_ADVICE, Advice

F = TypeVar("F", bound=Fact)


@dataclass(frozen=True, slots=True)
class Share:
    """The evidence as a task of a collector holds it."""

    _evidence: Evidence
    _collector: str
    _asked: Want
    _owns: Callable[[type[Fact]], bool]
    """whether the collector is the one that answers for a fact, of whatever target"""

    @property
    def estate(self) -> Estate:
        """What the user declared."""
        return self._evidence.estate

    def put(self, fact: type[Fact], target: str, rows: Sequence[Fact], *, query: str = "", at: datetime) -> None:
        """Record an answer.

        Raises:
            ValueError: it is another collector's to answer for.
        """
        self._own(fact, target)
        self._evidence.put(fact, target, rows, query=query, at=at)

    def miss(
        self, fact: type[Fact], target: str, reason: GapReason, detail: str = "", advice: Advice = NO_ADVICE
    ) -> None:
        """Record that a fact could not be had.

        Raises:
            ValueError: it is another collector's to answer for.
        """
        self._own(fact, target)
        self._evidence.miss(fact, target, reason, detail, advice)

    def _own(self, fact: type[Fact], target: str) -> None:
        if (target != self._asked.target or fact not in self._asked.facts) and not self._owns(fact):
            other = f"{key_of(fact)} of {target}, which another is asked for, or nobody"
            raise ValueError(f'collector "{self._collector}" answers for {other}')

    def note(self, info: TargetInfo) -> None:
        """Record how a target was read."""
        self._evidence.note(info)

    def has(self, fact: type[Fact], target: str) -> bool:
        """Whether there is an answer or a gap for it already."""
        return self._evidence.has(fact, target)

    def ask(self, fact: type[F], target: str) -> tuple[F, ...] | Gap:
        """The rows, or why there are none to be had."""
        return self._evidence.ask(fact, target)

    def answer(self, fact: type[Fact], target: str) -> Answer | None:
        """The answer whole; nothing where there is none."""
        return self._evidence.answer(fact, target)
