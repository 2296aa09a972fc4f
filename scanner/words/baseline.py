"""What an earlier run found, and how this one differs from it.

Standard library only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from scanner.words.model import Profile, Status
from scanner.words.scope import Subject

COUNTS = (Status.FAIL, Status.UNKNOWN, Status.ERROR)
"""Statuses that are told as new, mended or still there."""
KNOWABLE = (Status.FAIL,)
"""Of these, what a baseline lets pass if it knows it: what nobody could judge is never green, whatever was before."""
KEPT = timedelta(days=30)
"""So long a case that is no longer judged stays listed from one baseline to the next."""

Key = tuple[str, str, str]
"""(check, subject id, profile): the identity of a finding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A finding as an earlier run had it."""

    check: str
    subject: Subject
    profile: str
    status: Status
    title: str
    since: datetime
    """since when it is known to have ended so"""
    last: datetime
    """when it was judged last"""
    seen: str = ""
    """what was seen then, or why nobody could judge"""
    waived: bool = False
    """a waiver covered it: once that ends, it is not let pass because it was known"""
    profiles: frozenset[Profile] = frozenset()
    """the kinds of move that it bore upon; empty: not told"""
    headline: str = field(default="", compare=False)
    """what its title says of how it ended; empty: not told"""
    given: Known | None = None
    """where nobody could judge it: how it ended when somebody could last"""

    @property
    def key(self) -> Key:
        """Its identity."""
        return self.check, self.subject.id, self.profile

    def held_against(self, now: Status) -> Known:
        """What a finding that ends so now is held against: a night on which nobody could judge made nothing new."""
        lost = self.given if self.status in COUNTS and now in KNOWABLE else None
        return lost if lost and lost.status is now else self


@dataclass(frozen=True, slots=True)
class Baseline:
    """An earlier run that this one is held against."""

    file: str
    taken: datetime
    findings: tuple[Known, ...]
    verdict: str = ""
    """empty: not told"""
    turns: tuple[datetime, ...] | None = None
    """when its verdict was to turn by itself, one instant or none; None: not told"""
    history: bool = False
    """it is the last whole run of the history, which nobody chose"""
    gates: bool = True
    """the gate passes over what it knows; else it only tells"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of one finding."""

    check: str
    subject: Subject
    profile: str
    title: str
    before: Status | None
    """None: it was not there"""
    now: Status | None
    """None: it is not there"""
    since: datetime | None = None
    """since when it is known, where it was there"""
    last: datetime | None = None
    """when it was judged last, where it is not any more"""
    waived: bool = False
    """a waiver covered it then, and it is not judged: handed on, lest it pass for known when it comes back"""
    headline: str = field(default="", compare=False)
    """what is now, or was last, in place of what is demanded"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How a run differs from its baseline."""

    file: str
    taken: datetime
    history: bool = False
    """the earlier run is the last whole one of the history"""
    new: tuple[Change, ...] = ()
    mended: tuple[Change, ...] = ()
    still: tuple[Change, ...] = ()
    unjudged: tuple[Change, ...] = ()
    """what was judged, and is not any more: nobody could, or it is gone"""
    verdict: str = ""
    """the baseline's; empty: not told"""
    turns: tuple[datetime, ...] | None = None
    """when that was to turn by itself, one instant or none; None: not told"""

    @property
    def gone(self) -> tuple[Change, ...]:
        """Those no longer judged of which there is no finding at all."""
        return tuple(change for change in self.unjudged if change.now is None)
