"""Writes the evidence to a file and reads it back: the same record gives the same findings anywhere, any day.

The file is JSON, for people, too. It holds no secret, as closed evidence does not; nor a command to whoever prints it.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, fields
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from typing import Any, cast

import msgspec

from scanner.judge.settling import NEEDS, settle
from scanner.record.decoding import RecordError, decoded, exact, planned_once
from scanner.record.forms import FORM, of_today, written_by
from scanner.record.rows import as_written, is_lost, lacks, not_collected, rows_in
from scanner.words.estate import Estate
from scanner.words.evidence import Answer, Evidence
from scanner.words.inert import inert_json
from scanner.words.model import Fact, Gap, GapReason, key_of
from scanner.words.source import NAMED, TargetInfo
from scanner.words.told import written
from scanner.words.wording import decoding

SIZE_LIMIT = 512 << 20
"""octets of a file; 250 hosts of 2,000 virtual machines each have 300 MiB"""
PIECE = 1 << 20
"""octets of lines that are looked through at once"""
YEARS = range(2022, 2100)
"""Years of a run: Python 3.11, without which there is none, is of October 2022; a clock that tells 2100 is not set.
What a machine tells (an account that never expires) may lie in any year."""


class _Answer(msgspec.Struct, frozen=True):
    fact: str
    target: str
    at: datetime
    query: str
    rows: msgspec.Raw
    """read as the fact's own rows and as nothing else: parts that fit none would take many times their octets"""


class _File(msgspec.Struct, frozen=True, kw_only=True):
    hv_preflight: int
    version: str
    started: datetime
    finished: datetime
    runner: str
    interrupted: bool
    estate: msgspec.Raw
    targets: list[TargetInfo]
    answers: list[_Answer]
    gaps: list[Gap]


class _Declared(msgspec.Struct, frozen=True):
    estate: Estate


_EXACTLY = msgspec.defstruct("Declared", [("estate", exact(Estate))])


def dump(evidence: Evidence) -> bytes:
    """The record as JSON.

    Raises:
        ValueError: it is still open, so that a secret may be in it.
    """
    if not evidence.closed:
        raise ValueError("only closed evidence may be written")
    answers = [_Answer(key_of(a.fact), a.target, a.at, a.query, _raw(a.rows)) for a in evidence.answers()]
    file = _File(
        hv_preflight=FORM,
        version=evidence.version,
        started=evidence.started,
        finished=evidence.finished,
        runner=evidence.runner,
        interrupted=evidence.interrupted,
        estate=msgspec.Raw(msgspec.json.encode(evidence.estate, order="sorted", enc_hook=written)),
        targets=list(evidence.targets()),
        answers=answers,
        gaps=cast("list[Gap]", [as_written(gap) for gap in evidence.gaps()]),
    )
    return _inert(msgspec.json.format(msgspec.json.encode(file, order="sorted", enc_hook=written), indent=1)) + b"\n"


def _inert(data: bytes) -> bytes:
    """The record without commands; some lines at a time, since a large one as text takes four times its octets."""
    pieces = iter(partial(io.BytesIO(data).readlines, PIECE), [])
    return b"".join(inert_json(b"".join(lines).decode()).encode() for lines in pieces)


def _raw(rows: Iterable[Fact]) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode([asdict(cast("Any", r)) for r in rows], order="sorted", enc_hook=written))


def load(data: bytes, facts: Iterable[type[Fact]], say: Callable[[str], None] = lambda _text: None) -> Evidence:
    """Read a record, of this version or another; ``say`` is told once what of it is left out or was not collected.

    Whose answers they are is judged again, so that a record made or edited elsewhere holds no other machine's facts.

    Raises:
        RecordError: it is no such record; the text says why.
    """
    data, version = of_today(data)
    try:
        file = decoded(data, _File)
        _check_run(file)
        head = _estate(file), file.started, file.finished, file.version, file.runner
        answers, gaps, told = _answers(file, {key_of(fact): fact for fact in (*NEEDS, *facts)})
    except RecordError as error:
        raise RecordError(f"{error}{written_by(version)}") from None
    for line in told:
        say(line)
    every = (*gaps, *file.gaps)
    whole = Evidence(
        *head, interrupted=file.interrupted, answers=answers, gaps=every, targets=file.targets, closed=True
    )
    return settle(whole)


def _estate(file: _File) -> Estate:
    """What was declared; a key that this version does not know might decide a verdict, so it is not passed over."""
    data = b'{"estate":' + bytes(file.estate) + b"}"
    estate = decoded(data, _Declared).estate
    try:
        decoded(data, _EXACTLY)
    except RecordError as error:
        raise RecordError(f"what may decide a verdict is not known here: {decoding(str(error.__cause__))}") from None
    return planned_once(estate)


def _answers(file: _File, known: Mapping[str, type[Fact]]) -> tuple[list[Answer], list[Gap], list[str]]:
    """The answers, the gaps that stand for lost ones, and what is to be said of both."""
    answers: list[Answer] = []
    gaps: list[Gap] = []
    strange: dict[str, None] = {}
    lacking: dict[str, None] = {}
    for answer in file.answers:
        fact, target = known.get(answer.fact), answer.target
        if fact is None:
            strange[answer.fact] = None
            continue
        try:
            rows, missing = rows_in(bytes(answer.rows), fact, file.version)
        except RecordError as error:
            raise RecordError(f"rows of {answer.fact} of {target}: {error}") from None
        lacking.update(dict.fromkeys(f"{answer.fact}.{name}" for name in missing))
        if is_lost(fact, missing):
            gaps.append(Gap(answer.fact, target, GapReason.NOT_COLLECTED, lacks(file.version, missing)))
            continue
        _check_dates(f"{answer.fact} of {target}", _dates_in(rows))
        answers.append(Answer(fact, target, rows, answer.at, answer.query))
    return answers, gaps, list(_told(file, strange, lacking))


def _told(file: _File, strange: Collection[str], lacking: Collection[str]) -> Iterator[str]:
    if strange:
        what = "give it the same --plugin, or judge it with the version that wrote it"
        yield f"left out of the record, since no check or plugin here knows it: {_some(strange)}; {what}"
    if lacking:
        yield f"{not_collected(file.version)}, and UNKNOWN where it is read: {_some(lacking)}"


def _some(names: Collection[str]) -> str:
    more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    return ", ".join(name[:100] for name in islice(names, NAMED)) + more


def _check_run(file: _File) -> None:
    """Refuse times at which nobody can have asked: what is valid when the run is finished decides verdicts."""
    answers = ((f"at of {answer.fact} of {answer.target}", answer.at) for answer in file.answers)
    for what, date in (("started", file.started), ("finished", file.finished), *answers):
        _check_dates(what, [date])
        if date.astimezone(UTC).year not in YEARS:
            years = f"no run is of a year before {YEARS[0]} or after {YEARS[-1]}; was the clock set?"
            raise RecordError(f"{what} is {date.isoformat()}, and {years}")
    if file.finished < file.started:
        raise RecordError(f"finished ({file.finished.isoformat()}) is before started ({file.started.isoformat()})")


def _dates_in(rows: tuple[Fact, ...]) -> Iterator[datetime | None]:
    """Every date of the rows, all of which hold the same fields."""
    names = [field.name for field in fields(cast("Any", rows[0])) if "datetime" in str(field.type)] if rows else []
    yield from (getattr(row, name) for row in rows for name in names)


def _check_dates(where: str, dates: Iterable[datetime | None]) -> None:
    """Refuse dates that cannot be compared with others: without an offset, or before the first or after the last."""
    for date in dates:
        try:
            if date is not None and (date.tzinfo is None or not date.astimezone(UTC)):
                raise OverflowError
        except OverflowError:
            raise RecordError(f"{where}: {date} is no date in UTC") from None
