"""Points that nobody has seen on real Windows yet: one assumption each, with what comes of it where it is wrong.

Standard library only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from scanner.words.model import TargetKind
from scanner.words.recording import Held, Recording

Told = tuple[Held, str]
"""What a recording says of a point, and what in it says so: in our words, with numbers and names of ours alone."""
Settle = Callable[[Recording], Told]
HOSTS = frozenset({TargetKind.HOST})
VMM_SERVERS = frozenset({TargetKind.VMM_SERVER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """An assumption that the scanner rests on."""

    id: str
    """as in WIN-07; it stays with the point, and is given to no other"""
    assumption: str
    wrong: str
    """what comes of it where it is wrong; a wrong PASS in bold"""
    notice: str
    """how one notices"""
    settles: str
    """what would settle it"""
    green: bool = False
    """whether something may be called ready, or PASS, that is not"""
    about: tuple[str, ...] = ()
    """the checks and facts that it concerns"""
    settle: Settle | None = None
    """what a recording of one machine says of it; none: no recording can say it"""
    by: frozenset[TargetKind] = frozenset()
    """the kinds of machine whose recording can"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Points on one subject, as they stand together on a page."""

    title: str
    points: tuple[Point, ...] = ()
    lead: str = ""
    """what is to be said of them all"""
    parts: tuple[Section, ...] = ()
    """sections of its own"""

    @property
    def all(self) -> tuple[Point, ...]:
        """Its points and those of its parts, in their order."""
        return (*self.points, *(point for part in self.parts for point in part.all))
