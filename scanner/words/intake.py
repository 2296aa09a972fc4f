"""The doors of evidence that a collector has: what it may put in, and what it may look up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from scanner.words.estate import Estate
from scanner.words.evidence import Answer
from scanner.words.model import Fact, Gap, GapReason
from scanner.words.source import TargetInfo
from scanner.words.trouble import NO_ADVICE, Advice

F = TypeVar("F", bound=Fact)


class Intake(Protocol):
    """Evidence that is being collected. After the end of the run nothing is taken any more, without a word."""

    @property
    def estate(self) -> Estate:
        """What the user declared."""
        ...

    def put(self, fact: type[Fact], target: str, rows: Sequence[Fact], *, query: str = "", at: datetime) -> None:
        """Record an answer. Rows of one fact on one target add up; nothing is replaced."""

    def miss(
        self, fact: type[Fact], target: str, reason: GapReason, detail: str = "", advice: Advice = NO_ADVICE
    ) -> None:
        """Record that a fact could not be had, whatever of it there is, and what helps. The first reason stands."""

    def note(self, info: TargetInfo) -> None:
        """Record how a target was read; of one that was read before, both together."""

    def has(self, fact: type[Fact], target: str) -> bool:
        """Whether there is an answer or a gap for it already."""
        ...

    def ask(self, fact: type[F], target: str) -> tuple[F, ...] | Gap:
        """The rows, or why there are none to be had."""
        ...

    def answer(self, fact: type[Fact], target: str) -> Answer | None:
        """The answer whole; nothing where there is none."""
        ...
