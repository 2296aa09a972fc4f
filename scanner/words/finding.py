"""A finding, kept small: what many of them say alike is kept once, and each has its own place in the world.

A large estate has millions of them. Standard library only.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from operator import attrgetter

from scanner.words.baseline import KNOWABLE
from scanner.words.bearing import Bearing, bears_on
from scanner.words.model import Gap, Profile, Severity, Status
from scanner.words.scope import Subject
from scanner.words.source import Source
from scanner.words.waivers import Waiver

Cause = tuple[str, str]
"""(check, subject id) of a failure that another one follows from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a finding says, wherever it says it."""

    check: str
    profiles: frozenset[Profile]
    """the kinds of move it bears upon"""
    by_profile: bool = False
    """there is one for each kind of move: its profile is part of its identity"""
    status: Status
    severity: Severity
    title: str
    """what is demanded: the same whatever its status, and so part of what it is called on dashboards"""
    headline: str = ""
    """what is, for people; empty: what is demanded"""
    seen: str = ""
    wanted: str = ""
    remedy: str = ""
    note: str = ""
    works: str = ""
    """of a WARN: why the move works all the same"""
    who: str = ""
    """whose work mends it, one of ``Who``"""
    waiver: Waiver | None = None
    """what accepts it for a while; its status stays what it is"""
    known_since: datetime | None = None
    """since when a baseline knows that it ends so"""
    only_told: bool = False
    """that it is known is told, and lets no gate pass"""
    timely: bool = False
    """it was asked what time it is: time alone may turn it"""


@dataclass(frozen=True, init=False)
class Finding:
    """A verdict placed in the world. Its identity is (check, subject), and the profile where it judges one alone.

    All that ``Said`` has is read of it as its own.
    """

    __slots__ = ("_bears", "_evidence", "_follows_from", "_lacks", "_said", "_subject")

    check: str
    subject: Subject
    bears: Bearing
    """whom it bears upon: one bearing, though it be of several hosts; empty: every move of its profiles"""
    profiles: frozenset[Profile]
    by_profile: bool
    status: Status
    severity: Severity
    title: str
    headline: str
    seen: str
    wanted: str
    remedy: str
    note: str
    works: str
    who: str
    follows_from: tuple[Cause, ...]
    """of a FAIL: other failures that it follows from, and that are to be mended first"""
    evidence: tuple[Source, ...]
    lacks: tuple[Gap, ...]
    """of an UNKNOWN or ERROR: what was asked for and not had, where that is why"""
    waiver: Waiver | None
    known_since: datetime | None
    only_told: bool
    timely: bool

    def __init__(
        self,
        *,
        check: str,
        subject: Subject,
        bears: Bearing,
        profiles: frozenset[Profile],
        by_profile: bool = False,
        status: Status,
        severity: Severity,
        title: str,
        headline: str = "",
        seen: str = "",
        wanted: str = "",
        remedy: str = "",
        note: str = "",
        works: str = "",
        who: str = "",
        follows_from: tuple[Cause, ...] = (),
        evidence: tuple[Source, ...] = (),
        lacks: tuple[Gap, ...] = (),
        waiver: Waiver | None = None,
        known_since: datetime | None = None,
        only_told: bool = False,
        timely: bool = False,
    ) -> None:
        said = Said(
            check=check, profiles=profiles, by_profile=by_profile, status=status, severity=severity, title=title,
            headline=headline or title, seen=seen, wanted=wanted, remedy=remedy, note=note, works=works, who=who,
            waiver=waiver, known_since=known_since, only_told=only_told, timely=timely,
        )  # fmt: skip
        _set(self, said, subject, bears, evidence, lacks, follows_from)

    @classmethod
    def of(
        cls,
        said: Said,
        subject: Subject,
        bears: Bearing,
        evidence: tuple[Source, ...] = (),
        lacks: tuple[Gap, ...] = (),
        follows_from: tuple[Cause, ...] = (),
    ) -> Finding:
        """What is said, of this subject."""
        made = cls.__new__(cls)
        _set(made, said, subject, bears, evidence, lacks, follows_from)
        return made

    def saying(self, said: Said) -> Finding:
        """The same place in the world, of which something else is said."""
        return Finding.of(said, self.subject, self.bears, self.evidence, self.lacks, self.follows_from)

    @property
    def said(self) -> Said:
        """What it says, which others may share."""
        said: Said = attrgetter("_said")(self)
        return said

    @property
    def profile(self) -> str:
        """The one kind of move it judges, where each is judged by itself; else empty."""
        return next(iter(self.profiles)) if self.by_profile else ""

    @property
    def passes(self) -> bool:
        """Whether the gate passes over it, since its baseline knows it."""
        return self.known_since is not None and not self.only_told and self.status in KNOWABLE

    def bears_on(self, source: str, destination: str) -> bool:
        """Whether it can stop a move from source to destination, of one of its profiles."""
        return bears_on(self.bears, source, destination)


_put = object.__setattr__


def _set(
    made: Finding,
    said: Said,
    subject: Subject,
    bears: Bearing,
    evidence: tuple[Source, ...],
    lacks: tuple[Gap, ...],
    follows_from: tuple[Cause, ...],
) -> None:
    _put(made, "_said", said)
    _put(made, "_subject", subject)
    _put(made, "_bears", bears)
    _put(made, "_evidence", evidence)
    _put(made, "_lacks", lacks)
    _put(made, "_follows_from", follows_from)


for _name in ("subject", "bears", "evidence", "lacks", "follows_from"):
    setattr(Finding, _name, property(attrgetter(f"_{_name}")))
for _field in fields(Said):
    setattr(Finding, _field.name, property(attrgetter(f"_said.{_field.name}")))
