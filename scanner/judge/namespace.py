"""May the account look into Hyper-V's namespace at all? Who may not gets no row of any class, and no error.

So an empty list of it counts only beside a witness: a row that every host has which runs Hyper-V. The first is the
host's own row of Msvm_ComputerSystem ("represents a physical computer system or virtual machine"), the second, by
observation, the one row of the migration settings. Either proves the namespace readable. One pure step for every way
of asking, as that of identity.

What the Hyper-V module answers stays as it is: its commands for the host give one object or fail with a record ("You do
not have the required permission to complete this task"), and a check that gets no object of them is UNKNOWN anyway.
"""

from __future__ import annotations

from collections.abc import Iterable

from scanner.facts.base import WindowsFact
from scanner.facts.hyperv import MigrationSettings
from scanner.facts.vm import VirtualMachineState
from scanner.words.evidence import Answer, Evidence
from scanner.words.model import Fact, Gap, GapReason, key_of
from scanner.words.query import HYPER_V
from scanner.words.telling import joined, tell
from scanner.words.trouble import Advice, Kind, advise

NEEDS: tuple[type[Fact], ...] = (VirtualMachineState, MigrationSettings)
"""The facts that may bear witness."""


def seen_answers(evidence: Evidence) -> Evidence:
    """Make gaps of a target's answers of the namespace that no witness stands for.

    All of them where a witness was asked and none gave its row; where no witness could be had, those without rows,
    which then prove nothing. Where none was asked, nothing is known, and nothing changed.
    """
    ours = [answer for answer in evidence.answers() if of_hyper_v(answer.fact)]
    doubts = {target: _doubt(evidence, target) for target in dict.fromkeys(answer.target for answer in ours)}
    gaps = tuple(_hidden(ours, doubts))
    return evidence.amended(gaps=(*evidence.gaps(), *gaps)) if gaps else evidence


def of_hyper_v(fact: type[Fact]) -> bool:
    """Whether a fact is read from Hyper-V's namespace, as its query says."""
    query = getattr(fact, "query", None) if issubclass(fact, WindowsFact) else None
    asked = query.commands[0].parameters.get("Namespace") if query else None
    return isinstance(asked, str) and asked.lower() == HYPER_V.lower()


def proves(rows: Iterable[Fact]) -> bool:
    """Whether one of these rows is a witness."""
    return any(
        row.is_host if isinstance(row, VirtualMachineState) else isinstance(row, MigrationSettings) for row in rows
    )


Doubt = tuple[str, bool, Advice]
"""Why the namespace may be hidden, whether that makes gaps of answers that hold rows, too, and what to do about it."""


def _doubt(evidence: Evidence, target: str) -> Doubt | None:
    answers = [answer for fact in NEEDS if (answer := evidence.answer(fact, target)) is not None]
    if any(proves(answer.rows) for answer in answers):
        return None
    if answers:
        missing = joined(" and ", (answer.fact.__name__ for answer in answers))
        info = evidence.target(target)
        rights = advise(Kind.NO_RIGHTS, user=info.who if info else "")
        return (
            tell("{missing} gave no row of the host, and one that runs Hyper-V always has it", missing=missing),
            True,
            rights,
        )
    gaps = [gap for fact in NEEDS if evidence.has(fact, target) and isinstance(gap := evidence.ask(fact, target), Gap)]
    if not gaps:
        return None
    why = tell("no row came, and nothing proves that there is none; {gap}", gap=gaps[0])
    return why, False, gaps[0].advice


def _hidden(answers: Iterable[Answer], doubts: dict[str, Doubt | None]) -> Iterable[Gap]:
    for answer in answers:
        doubt = doubts[answer.target]
        if doubt is not None and (doubt[1] or not answer.rows):
            yield Gap(key_of(answer.fact), answer.target, GapReason.HIDDEN, doubt[0], doubt[2])
