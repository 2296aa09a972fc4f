"""Reads the earlier run that a run is held against: a record, which is judged, or a JSON report."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from scanner.commands.console import UsageError, tell
from scanner.files.mixed_up import in_place_of_a_baseline, is_report
from scanner.files.reading import read_file
from scanner.judge import judging, scopes
from scanner.judge.comparing import known_of
from scanner.judge.hide import hidden
from scanner.plugins import Offer
from scanner.record import record
from scanner.words.baseline import KEPT, Baseline, Known
from scanner.words.evidence import Evidence
from scanner.words.model import Profile, Status
from scanner.words.scope import Subject
from scanner.words.wording import decoding, reason

SKEW = timedelta(minutes=5)
"""So far two clocks may be apart, as with Kerberos."""
GIVEN = (Status.PASS, Status.FAIL, Status.WARN)
NARROWED = "of that run only a part was chosen, and it says nothing of the rest: name a whole one"
EARLY = "that run was ended early: name a whole one"
AHEAD = "that run is a look ahead: what it found has not come yet; name one without --at"
LATER = "that run is later than the one that is held against it: what it found is not known yet"
FUTURE = "that run is later than now, as the clock here has it: set the clock right that is wrong, or name another run"
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


def of_file(file: Path | None, offer: Offer) -> Baseline | None:
    """The run that a file holds; None where no file is named.

    Raises:
        UsageError: it cannot be one; the text says why.
    """
    if file is None:
        return None
    try:
        data = read_file(file, record.SIZE_LIMIT)
        if other := in_place_of_a_baseline(data):
            raise UsageError(f"{file} {other}")
        return of_report(data, file.name) if is_report(data) else _of_record(data, file.name, offer)
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {reason(error)}") from None
    except record.RecordError as error:
        raise UsageError(f"{file}: {error}") from None
    except UsageError as error:
        raise UsageError(str(error) if str(error).startswith(str(file)) else f"{file}: {error}") from None


def _of_record(data: bytes, name: str, offer: Offer) -> Baseline:
    evidence = record.load(data, offer.facts, tell)
    if evidence.interrupted:
        raise UsageError(EARLY)
    if evidence.estate.chosen:
        raise UsageError(NARROWED)
    return _whole(Baseline(name, evidence.finished, known_of(judged(evidence, offer), evidence.finished)))


def judged(evidence: Evidence, offer: Offer) -> Any:
    """The findings of a record, without secrets."""
    return hidden(judging.judge(offer.checks, evidence))


def of_report(data: bytes, name: str, *, ahead: bool = False) -> Baseline:
    """The run that a JSON report tells of; ``ahead``: it may be a look ahead.

    Raises:
        UsageError: it cannot be held against another.
    """
    try:
        told = msgspec.convert(json.loads(data), _Report)
    except msgspec.ValidationError as error:
        raise UsageError(f"is no JSON report that can be understood: {decoding(str(error))}") from None
    except (ValueError, RecursionError):
        raise UsageError("is no JSON report: it ends early, or is damaged") from None
    if told.verdict == "interrupted":
        raise UsageError(EARLY)
    if told.chosen:
        raise UsageError(NARROWED)
    if told.at and not ahead:
        raise UsageError(AHEAD)
    return _whole(Baseline(name, told.finished, (*_known(told), *_gone(told)), verdict=told.verdict))


def earlier(file: Path | None, found: Baseline | None, finished: datetime | None = None) -> Baseline | None:
    """The baseline, which is no later than the run that is judged, or than now where that is still to come.

    Raises:
        UsageError: it is later.
    """
    if found and found.taken > (finished or datetime.now(UTC) + SKEW):
        raise UsageError(f"{file}: {LATER if finished else FUTURE}")
    return found


def _whole(found: Baseline) -> Baseline:
    if not any(one.status in GIVEN for one in found.findings):
        raise UsageError(NOTHING)
    return found


def _known(told: _Report) -> Iterator[Known]:
    for one in told.findings:
        yield Known(
            check=one.check,
            subject=_subject(one.subject),
            profile=one.profile,
            status=one.status,
            title=one.title,
            since=one.known_since or told.finished,
            last=told.finished,
            seen=one.seen or one.note,
            waived=one.waiver is not None,
            profiles=frozenset(profile for profile in Profile if profile in one.profiles),
        )


def _gone(told: _Report) -> Iterator[Known]:
    """What that run's own baseline knew and it could not list: so a host that is down for days keeps its cases."""
    for one in told.baseline.unjudged if told.baseline else ():
        last = one.last or told.finished
        if not one.now and one.before in set(Status) and told.finished - last <= KEPT:
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
