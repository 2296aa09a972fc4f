"""Waivers: findings that a team knows and accepts for a while. A layer over a finding, never a status.

Standard library only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fnmatch import fnmatchcase

from scanner.words.model import Status
from scanner.words.scope import Subject
from scanner.words.telling import tell

WARN_DAYS = 14
"""Days before its end in which every output tells that a waiver ends."""
FAR = timedelta(days=366)
"""How far ahead a waiver may end."""
OPEN = (Status.UNKNOWN, Status.ERROR)
WILD = frozenset("*?[")
"""Signs that make a subject a pattern."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """What is accepted: a check's finding on a subject, why, by whom, and until when."""

    check: str
    subject: str
    """the subject's id, the name that reports print for it, or a machine of it: then all that is about that machine; or
    a pattern over ids and machines, for what virtual machines are called whoever made them decides"""
    reason: str
    owner: str
    until: date
    """its first day without force: on it, the gate is red again"""
    ticket: str = ""
    accept_unknown: bool = False
    """whether it stands for what nobody could judge, too"""

    def __str__(self) -> str:
        """Until when, by whom and why, as reports say it: ``until 2027-01-31 by network team: cable is ordered``."""
        ticket = f" ({self.ticket})" if self.ticket else ""
        return tell(
            "until {until} by {owner}: {reason}{ticket}",
            until=self.until,
            owner=self.owner,
            reason=self.reason,
            ticket=ticket,
        )

    @property
    def is_pattern(self) -> bool:
        """Whether its subject may be several."""
        return not WILD.isdisjoint(self.subject)

    def in_force(self, today: date) -> bool:
        """Whether it still acts."""
        return today < self.until

    def is_about(self, subject: Subject) -> bool:
        """Whether its subject is this one. Upper and lower case are different, as in every id."""
        names = (subject.id, *subject.machines)
        fits = self.is_pattern and any(fnmatchcase(name, self.subject) for name in names)
        return fits or self.subject in (*names, subject.title)

    def accepts(self, status: Status) -> bool:
        """Whether a finding that ended so may be waived by it."""
        return status in (Status.FAIL, Status.WARN) or (self.accept_unknown and status in OPEN)


def literal(name: str) -> str:
    """A subject's name as a waiver names it and no other: a sign that would make a pattern of it stands in brackets."""
    return re.sub(r"([*?[])", r"[\1]", name)


@dataclass(frozen=True, slots=True)
class Waivers:
    """What a file of waivers holds."""

    entries: tuple[Waiver, ...] = ()
    warn_days: int = WARN_DAYS
    file: str = ""
    """its name; empty where there is none"""


NO_WAIVERS = Waivers()


class WaiverState(StrEnum):
    """What has become of a waiver in one run."""

    IN_FORCE = "in force"
    ENDS_SOON = "ends soon"
    """in force, and within the days in which that is told"""
    EXPIRED = "expired"
    """it no longer acts"""
    UNUSED = "unused"
    """there is nothing that it could act on"""
    PASSES_NOW = "passes now"
    """what it was for is mended"""


Covered = tuple[str, str, str]
"""(check, subject id, profile) of a finding; the profile where the check judges each kind of move by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiverUse:
    """One waiver in one run: what has become of it, and the findings it is about."""

    waiver: Waiver
    state: WaiverState
    days: int
    """until it ends; 0 and below: since"""
    covers: tuple[Covered, ...] = ()
    """the findings it waives; of an expired one, those it would waive"""
    note: str = ""
    """why it is unused"""
    about: frozenset[Subject] = frozenset()
    """the subjects of its check that it is about, however they end"""
    warn_days: int = WARN_DAYS
    """so many days before its end that is told"""
