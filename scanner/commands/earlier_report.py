"""Reads the JSON report of an earlier run: of either version of the form, in one file or in several."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from scanner.commands.console import UsageError
from scanner.commands.earlier_form import ToldFinding, ToldReport, ToldSubject
from scanner.commands.in_files import numbered
from scanner.files.reading import read_file
from scanner.judge import scopes
from scanner.record import record
from scanner.words.baseline import KEPT, Baseline, Key, Known
from scanner.words.model import Profile, Status
from scanner.words.scope import Subject
from scanner.words.telling import tell
from scanner.words.waivers import OPEN
from scanner.words.wording import decoding, reason

GIVEN = (Status.PASS, Status.FAIL, Status.WARN)
NARROWED = tell("of that run only a part was chosen, and it says nothing of the rest: name a whole one")
EARLY = tell("that run was ended early: name a whole one")
AHEAD = tell("that run is a look ahead: what it found has not come yet; name one without --at")
NOTHING = tell("that run judged nothing: there is nothing to hold this one against")


def of_report(data: bytes, file: Path | str, *, ahead: bool = False) -> Baseline:
    """The run that a JSON report tells of; ``ahead``: it may be a look ahead.

    Raises:
        UsageError: it cannot be held against another.
    """
    file, told = Path(file), _told(data)
    if told.part > 1:
        raise UsageError(
            tell("is part {part} of a report that stands in several files: name the first of them", part=told.part)
        )
    if told.verdict == "interrupted":
        raise UsageError(EARLY)
    if told.chosen:
        raise UsageError(NARROWED)
    if told.at and not ahead:
        raise UsageError(AHEAD)
    given = {one.key: one for one in _left(told, open_now=True)}
    known = (one for part in (told, *_parts(told, file)) for one in _known(part, given))
    return whole(Baseline(file.name, told.finished, (*known, *_left(told)), verdict=told.verdict))


def _told(data: bytes) -> ToldReport:
    try:
        return msgspec.convert(json.loads(data), ToldReport)
    except msgspec.ValidationError as error:
        raise UsageError(
            tell("is no JSON report that can be understood: {decoding}", decoding=decoding(str(error)))
        ) from None
    except (ValueError, RecursionError):
        raise UsageError(tell("is no JSON report: it ends early, or is damaged")) from None


def _parts(first: ToldReport, file: Path) -> Iterator[ToldReport]:
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
            raise UsageError(
                tell("goes on in {path}, which cannot be read: {reason}", path=path.name, reason=reason(error))
            ) from None
        if after.part != told.part + 1 or not after.belongs(first):
            raise UsageError(tell("goes on in {path}, and what stands there is not of the same report", path=path.name))
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


def _known(told: ToldReport, given: Mapping[Key, Known]) -> Iterator[Known]:
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


def _note(one: ToldFinding, told: ToldReport) -> str:
    if one.noted is None:
        return one.note
    if not 0 <= one.noted < len(told.notes):
        raise UsageError(tell("is no JSON report that can be understood: there is no note {noted}", noted=one.noted))
    return told.notes[one.noted]


def _left(told: ToldReport, *, open_now: bool = False) -> Iterator[Known]:
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


def _subject(told: ToldSubject) -> Subject:
    return scopes.named(told.kind, told.names, told.title)
