"""The form of a JSON report, of either version, as far as it is read again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from scanner.words.model import Status


class ToldSubject(msgspec.Struct, frozen=True):
    """What a finding is about."""

    kind: str
    title: str
    names: tuple[str, ...]


class ToldFinding(msgspec.Struct, frozen=True):
    """One finding."""

    check: str
    subject: ToldSubject
    status: Status
    title: str
    profile: str = ""
    profiles: frozenset[str] = frozenset()
    seen: str = ""
    note: str = ""
    noted: int | None = None
    """where the note stands in ``notes``; in version 1 of the form it stands here"""
    waiver: Any = None
    known_since: datetime | None = None


class ToldChange(msgspec.Struct, frozen=True):
    """What became of one since a run before."""

    check: str
    subject: ToldSubject
    title: str
    before: str = ""
    now: str = ""
    profile: str = ""
    since: datetime | None = None
    last: datetime | None = None
    waived: bool = False


class ToldDifference(msgspec.Struct, frozen=True):
    """What became of all of them."""

    unjudged: tuple[ToldChange, ...] = ()


class ToldReport(msgspec.Struct, frozen=True):
    """As much of a JSON report as is held against a run."""

    verdict: str
    finished: datetime
    findings: tuple[ToldFinding, ...]
    baseline: ToldDifference | None = None
    chosen: Any = None
    """what a run was narrowed to; nothing: it was whole"""
    at: str = ""
    """the later instant that it is about; empty: it is no look ahead"""
    notes: tuple[str, ...] = ()
    version: str = ""
    part: int = 1
    more: bool = False
    """its findings go on in another file"""

    def belongs(self, first: ToldReport) -> bool:
        """Whether it is of the same report."""
        return (self.verdict, self.finished, self.version) == (first.verdict, first.finished, first.version)
