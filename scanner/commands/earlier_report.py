"""Reads the JSON report of an earlier run: of either version of the form, in one file or in several."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from scanner.commands.console import UsageError
from scanner.commands.in_files import numbered
from scanner.files.reading import read_file
from scanner.judge import scopes
from scanner.record import record
from scanner.words.baseline import KEPT, Baseline, Key, Known
from scanner.words.model import Profile, Status
from scanner.words.scope import Subject
from scanner.words.waivers import OPEN
from scanner.words.wording import decoding, reason

GIVEN = (Status.PASS, Status.FAIL, Status.WARN)
NARROWED = "of that run only a part was chosen, and it says nothing of the rest: name a whole one"
EARLY = "that run was ended early: name a whole one"
AHEAD = "that run is a look ahead: what it found has not come yet; name one without --at"
NOTHING = "that run judged nothing: there is nothing to hold this one against"


class _Subject(msgspec.Struct, frozen=True):
    kind: str
    title: str
    names: tuple[str, ...]


class _Finding(msgspec.Struct, frozen=True):
    check: str
    subject: _Subject
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


class _Change(msgspec.Struct, frozen=True):
    check: str
    subject: _Subject
    title: str
    before: str = ""
    now: str = ""
    profile: str = ""
    since: datetime | None = None
    last: datetime | None = None
    waived: bool = False


class _Difference(msgspec.Struct, frozen=True):
    unjudged: tuple[_Change, ...] = ()


class _Report(msgspec.Struct, frozen=True):
    """As much of a JSON report as is held against a run."""

    verdict: str
    finished: datetime
    findings: tuple[_Finding, ...]
    baseline: _Difference | None = None
    chosen: Any = None
    """what a run was narrowed to; nothing: it was whole"""
    at: str = ""
    """the later instant that it is about; empty: it is no look ahead"""
    notes: tuple[str, ...] = ()
    version: str = ""
    part: int = 1
    more: bool = False
    """its findings go on in another file"""

    def belongs(self, first: _Report) -> bool:
        """Whether it is of the same report."""
        return (self.verdict, self.finished, self.version) == (first.verdict, first.finished, first.version)


def of_report(data: bytes, file: Path | str, *, ahead: bool = False) -> Baseline:
    """The run that a JSON report tells of; ``ahead``: it may be a look ahead.

    Raises:
        UsageError: it cannot be held against another.
    """
    file, told = Path(file), _told(data)
    if told.part > 1:
        raise UsageError(f"is part {told.part} of a report that stands in several files: name the first of them")
    if told.verdict == "interrupted":
        raise UsageError(EARLY)
    if told.chosen:
        raise UsageError(NARROWED)
    if told.at and not ahead:
        raise UsageError(AHEAD)
    given = {one.key: one for one in _left(told, open_now=True)}
    known = (one for part in (told, *_parts(told, file)) for one in _known(part, given))
    return whole(Baseline(file.name, told.finished, (*known, *_left(told)), verdict=told.verdict))


def _told(data: bytes) -> _Report:
    try:
        return msgspec.convert(json.loads(data), _Report)
    except msgspec.ValidationError as error:
        raise UsageError(f"is no JSON report that can be understood: {decoding(str(error))}") from None
    except (ValueError, RecursionError):
        raise UsageError("is no JSON report: it ends early, or is damaged") from None


def _parts(first: _Report, file: Path) -> Iterator[_Report]:
    """The files in which a report goes on, beside its first one.

    Raises:
        UsageError: one is not there, or not of the same report: what is left says nothing of the rest.
    """
    told = first
    while told.more:
        path = numbered(file, told.part + 1)
        try:
            after = _told(read_file(path, record.SIZE_LIMIT))
        except OSError as error:
            raise UsageError(f"goes on in {path.name}, which cannot be read: {reason(error)}") from None
        if after.part != told.part + 1 or not after.belongs(first):
            raise UsageError(f"goes on in {path.name}, and what stands there is not of the same report")
        yield after
        told = after


def whole(found: Baseline) -> Baseline:
    """The same run, of which something was judged.

    Raises:
        UsageError: nothing was.
    """
    if not any(one.status in GIVEN for one in found.findings):
        raise UsageError(NOTHING)
    return found


def _known(told: _Report, given: Mapping[Key, Known]) -> Iterator[Known]:
    """The findings of a file; ``given``: how those that nobody could judge were judged last."""
    for one in told.findings:
        yield Known(
            check=one.check,
            subject=_subject(one.subject),
            profile=one.profile,
            status=one.status,
            title=one.title,
            since=one.known_since or told.finished,
            last=told.finished,
            seen=one.seen or _note(one, told),
            waived=one.waiver is not None,
            profiles=frozenset(profile for profile in Profile if profile in one.profiles),
            given=given.get((one.check, _subject(one.subject).id, one.profile)),
        )


def _note(one: _Finding, told: _Report) -> str:
    if one.noted is None:
        return one.note
    if not 0 <= one.noted < len(told.notes):
        raise UsageError(f"is no JSON report that can be understood: there is no note {one.noted}")
    return told.notes[one.noted]


def _left(told: _Report, *, open_now: bool = False) -> Iterator[Known]:
    """What that run's own baseline knew and it could not list; ``open_now``: what it lists, and nobody could judge.

    So a host that is down for days keeps its cases. An older report does not say when those were judged.
    """
    for one in told.baseline.unjudged if told.baseline else ():
        last = one.last or told.finished
        meant = one.now in OPEN and one.last is not None if open_now else not one.now
        if meant and one.before in set(Status) and told.finished - last <= KEPT:
            yield Known(
                check=one.check,
                subject=_subject(one.subject),
                profile=one.profile,
                status=Status(one.before),
                title=one.title,
                since=one.since or last,
                last=last,
                waived=one.waived,
            )


def _subject(told: _Subject) -> Subject:
    return scopes.named(told.kind, told.names, told.title)
