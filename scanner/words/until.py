"""Until when a verdict holds where nobody touches anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from scanner.words.model import Profile, Status
from scanner.words.scope import Subject

HORIZON_DAYS = 400
"""so far it is looked ahead: certificates of a year are within it"""
Place = tuple[str, str, str]
"""Source, destination and kind of move of a verdict; each empty: of all of them together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Until:
    """The first second at which a verdict turns by itself, and why."""

    time: datetime
    """UTC"""
    verdict: str
    """what it is from then on"""
    check: str
    """whose verdict on the subject turns it"""
    subject: Subject
    status: Status
    """what that check says then"""
    words: str
    """what happens, without full stop: ``the registration key expires``"""


@dataclass(frozen=True, slots=True)
class Turns:
    """When which verdict of a report turns; of one that does not turn within the horizon, nothing."""

    by_place: Mapping[Place, Until] = field(default_factory=dict[Place, Until])
    gate: Until | None = None
    """when the exit code turns: with a baseline, of which it passes over what is known, not when the verdict does"""

    @property
    def run(self) -> Until | None:
        """Of the run."""
        return self.of()

    def of(self, source: str = "", destination: str = "", profile: Profile | str = "") -> Until | None:
        """Of the run or a route, and of all kinds of move there or of one."""
        return self.by_place.get((source, destination, profile))
