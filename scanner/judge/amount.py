"""How much an estate makes of a run, before anything is read: its routes, and the verdicts that checks give on them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from scanner.judge import scopes
from scanner.judge.judging import cases_of, enabled
from scanner.judge.planned import parts_of, turns_of
from scanner.words.check import Check
from scanner.words.estate import Estate
from scanner.words.evidence import Evidence
from scanner.words.scope import Scope
from scanner.words.telling import counted, joined, tell

NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Amount:
    """What is known beforehand; what machines are found, and what else they tell of, nobody knows."""

    routes: int
    verdicts: int
    """where no machine tells of anything"""
    a_machine: int
    """of each virtual machine"""
    a_move: int
    """of each virtual machine on each route from its host"""

    def __str__(self) -> str:
        """In words: ``12 routes, about 1,230 verdicts; ...``."""
        about = int(float(f"{self.verdicts:.3g}"))
        told = tell(
            "{routes}, about {verdicts}", routes=counted(self.routes, "route"), verdicts=counted(about, "verdict")
        )
        more = tell(
            "each virtual machine that is found adds up to {a_machine}, and {a_move} on each of its routes",
            a_machine=self.a_machine,
            a_move=self.a_move,
        )
        return joined("; ", (told, more)) if self.a_machine or self.a_move else told


def amount_of(checks: Iterable[Check], estate: Estate) -> Amount:
    """Counted as a run in which nothing is read counts them."""
    asked = enabled(checks, estate.profiles)
    evidence = Evidence(estate, started=NEVER, finished=NEVER)
    evidence.close()
    return Amount(
        len(estate.routes),
        sum(len(cases_of(check, part)) * len(turns) for check in asked for part, turns in parts_of(check, evidence)),
        _of(scopes.VM, asked, estate),
        _of(scopes.VM_ROUTE, asked, estate),
    )


def _of(scope: Scope, checks: Iterable[Check], estate: Estate) -> int:
    return sum(len(turns_of(check, estate)) for check in checks if check.scope == scope)
