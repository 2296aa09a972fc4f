"""What a fact says of all targets at once: for what no single answer tells, as who else holds an address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from scanner.words.estate import Estate
from scanner.words.evidence import Evidence
from scanner.words.model import Fact, Gap

F = TypeVar("F", bound=Fact)


@dataclass(frozen=True, slots=True)
class Everything:
    """Some facts of all targets."""

    _evidence: Evidence
    _facts: tuple[type[Fact], ...]

    @property
    def estate(self) -> Estate:
        """What the user declared; of all kinds of move, so ask it only for what is the same for each."""
        return self._evidence.estate

    def targets(self, fact: type[Fact]) -> Iterator[str]:
        """The targets that answered, by name."""
        self._allow(fact)
        return (answer.target for answer in self._evidence.answers() if answer.fact is fact)

    def rows(self, fact: type[F]) -> Iterator[tuple[str, F]]:
        """Every row, each with its target, by target."""
        for target in self.targets(fact):
            answer = self._evidence.ask(fact, target)
            if not isinstance(answer, Gap):
                yield from ((target, row) for row in answer)

    def ask(self, fact: type[F], target: str) -> tuple[F, ...] | Gap:
        """The rows of one target, or why there are none to be had."""
        self._allow(fact)
        return self._evidence.ask(fact, target)

    def _allow(self, fact: type[Fact]) -> None:
        if fact not in self._facts:
            raise ValueError(f"{fact.__name__} is not among the facts that were named")
