"""What was answered, as one check may ask for it: the facts that it declared, or an exception."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC
from functools import partial
from typing import TypeVar

from scanner.words.evidence import Evidence
from scanner.words.model import Fact, Gap, key_of
from scanner.words.source import Source
from scanner.words.telling import tell
from scanner.words.wording import counted

F = TypeVar("F", bound=Fact)
T = TypeVar("T")


class MissingEvidence(Exception):  # noqa: N818 - an answer, not a fault
    """A fact that a verdict would need is not there; its text is the reason a report prints."""


class UndeclaredFact(Exception):  # noqa: N818
    """A check read a fact it did not declare: a defect of the check."""


@dataclass(slots=True)
class Asking:
    """The answers that one check on one subject may ask for, and which of them it did."""

    _evidence: Evidence
    _needs: tuple[type[Fact], ...]
    _read: dict[tuple[type[Fact], str], None] = field(init=False, default_factory=dict[tuple[type[Fact], str], None])

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
        raise MissingEvidence(
            tell(
                "{key_of} of {target}: {rows} where one was expected",
                key_of=key_of(fact),
                target=target,
                rows=counted(len(rows), "row"),
            )
        )

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

    def gaps(self) -> Iterator[Gap]:
        """What was asked for so far and not had."""
        answers = (self._evidence.ask(fact, target) for fact, target in self._read)
        return (answer for answer in answers if isinstance(answer, Gap))

    def read_rows(self) -> Iterator[Fact]:
        """Every row that was read so far."""
        for fact, target in self._read:
            answer = self._evidence.ask(fact, target)
            yield from () if isinstance(answer, Gap) else answer

    def sources(self) -> tuple[Source, ...]:
        """What was read so far, as reports print it; each answer is one for all."""
        return tuple(self._evidence.once(read, partial(self._source, *read)) for read in self._read)

    def _source(self, fact: type[Fact], target: str) -> Source:
        answer = self._evidence.answer(fact, target)
        if answer is None:
            return Source(key_of(fact), target, "", fact.question())
        return Source(key_of(fact), target, answer.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), answer.query)
