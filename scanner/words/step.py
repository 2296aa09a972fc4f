"""The steps that lead to a machine's answers, one after the other, and how each went: what ``doctor`` tells."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from scanner.words.trouble import NO_ADVICE, Advice


class State(StrEnum):
    """How a step went."""

    OK = "ok"
    WRONG = "wrong"
    LEFT = "not tried"
    """since one before it went wrong"""


@dataclass(frozen=True, slots=True)
class Step:
    """One step, and how it went."""

    name: str
    """in a word that stays the same: name, port, certificate, sign-in ..."""
    state: State
    text: str
    advice: Advice = NO_ADVICE
    facts: tuple[str, ...] = ()
    """what would be missing by it"""


@dataclass(frozen=True, slots=True)
class Row:
    """The steps of one machine, one domain, or this machine."""

    subject: str
    kind: str
    """runner, or of ``TargetKind``"""
    steps: tuple[Step, ...] = field(default=())

    @property
    def wrong(self) -> bool:
        """Whether something is."""
        return any(step.state is not State.OK for step in self.steps)
