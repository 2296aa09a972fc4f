"""How ready moves are: each kind of move, and each planned route.

Standard library only.
"""

from __future__ import annotations

from dataclasses import dataclass

from scanner.words.exits import WORDS
from scanner.words.model import Profile
from scanner.words.telling import by_text, joined, tell


@dataclass(frozen=True, slots=True, kw_only=True)
class Waived:
    """How many findings are waived; they are counted with their statuses all the same."""

    findings: int = 0
    """in all"""
    failed: int = 0
    unknown: int = 0
    """accepted although nobody could judge them"""

    def __str__(self) -> str:
        """``2 waived, 1 unknown accepted``; empty where there is none."""
        known = self.findings - self.unknown
        parts = (
            tell("{waived:,} waived", waived=known) if known > 0 else "",
            tell("{unknown:,} unknown accepted", unknown=self.unknown) if self.unknown else "",
        )
        return joined(", ", filter(None, parts))

    def ready(self, verdict: str) -> str:
        """The verdict; where it is said to be ready, with what is waived for it: ``ready, 2 waived``."""
        word = by_text(verdict, "verdict") if verdict in WORDS.values() else verdict
        return (
            tell("{verdict}, {waived}", verdict=word, waived=str(self))
            if self.findings and verdict == "ready"
            else word
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How ready something is, and what stands against it."""

    verdict: str
    """ready, not ready or incomplete; of several kinds of move the worst"""
    blockers: tuple[tuple[str, str], ...] = ()
    """(check, subject id) of the failures that stop it"""
    failed: int = 0
    warned: int = 0
    unknown: int = 0
    waived: Waived = Waived()

    @property
    def said(self) -> str:
        """The verdict, and what is waived for it."""
        return self.waived.ready(self.verdict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileState(State):
    """The readiness of one kind of move: on one planned route, or of the whole run."""

    profile: Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteState(State):
    """The readiness of one planned route: the matrix of the report. Blockers and numbers are of all kinds of move."""

    source: str
    destination: str
    storage: bool
    machines: bool = True
    """False: disks move alone"""
    profiles: tuple[ProfileState, ...]
    """each kind of move that it is planned for"""
