"""Writes the evidence to a file and reads it back: the same record gives the same findings anywhere, any day.

The file is JSON, made to be read by people too. It holds no secret: none is ever put into evidence, and its values are
searched once more before they are written. Nor does it hold a command to the program whose log it may be printed into.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, fields
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar, cast

import msgspec

from scanner.files.mixed_up import in_place_of_a_record
from scanner.judge.identity import NEEDS, settle
from scanner.record.hide import hidden
from scanner.words.estate import Estate
from scanner.words.evidence import Answer, Evidence
from scanner.words.inert import inert_json
from scanner.words.model import Fact, Gap, key_of
from scanner.words.source import TargetInfo
from scanner.words.wording import decoding, show

SCHEMA = 1
"""Version of the file's form; a file of another version is refused."""
SIZE_LIMIT = 512 << 20
"""octets of a file; 250 hosts of 2,000 virtual machines each have 300 MiB"""
PIECE = 1 << 20
"""octets of lines that are looked through at once"""
YEARS = range(2022, 2100)
"""Years of a run: Python 3.11, without which there is none, is of October 2022; a clock that tells 2100 is not set.
What a machine tells (an account that never expires) may lie in any year."""


T = TypeVar("T")


class RecordError(ValueError):
    """The file is no record of this program, or of another version of it."""


class _Head(msgspec.Struct, frozen=True):
    hv_preflight: int | str | None = None


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
    estate: Estate
    targets: list[TargetInfo]
    answers: list[_Answer]
    gaps: list[Gap]


def dump(evidence: Evidence) -> bytes:
    """The record as JSON."""
    answers = [
        _Answer(fact, target, answer.at, answer.query, _raw(hidden(answer.rows)))
        for (fact, target), answer in sorted(evidence.answers.items())
        if (fact, target) not in evidence.gaps
    ]
    file = _File(
        hv_preflight=SCHEMA,
        version=evidence.version,
        started=evidence.started,
        finished=evidence.finished,
        runner=evidence.runner,
        interrupted=evidence.interrupted,
        estate=evidence.estate,
        targets=[hidden(t) for t in sorted(evidence.targets.values(), key=lambda target: (target.kind, target.name))],
        answers=answers,
        gaps=[hidden(gap) for _, gap in sorted(evidence.gaps.items())],
    )
    return _inert(msgspec.json.format(msgspec.json.encode(file, order="sorted"), indent=1)) + b"\n"


def _inert(data: bytes) -> bytes:
    """The record without commands; some lines at a time, since a large one as text takes four times its octets."""
    pieces = iter(partial(io.BytesIO(data).readlines, PIECE), [])
    return b"".join(inert_json(b"".join(lines).decode()).encode() for lines in pieces)


def _raw(rows: Iterable[Fact]) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode([asdict(cast("Any", row)) for row in rows], order="sorted"))


def load(data: bytes, facts: Iterable[type[Fact]]) -> Evidence:
    """Read a record; rows of facts that no check or plugin of today knows are left out.

    Whose answers they are is judged again, so that a record made or edited elsewhere holds no other machine's facts.

    Raises:
        RecordError: it is no such record; the text says why.
    """
    file = _decode(data)
    _check_run(file)
    known: Mapping[str, type[Fact]] = {key_of(fact): fact for fact in (*NEEDS, *facts)}
    evidence = Evidence(
        file.estate, file.started, file.finished, file.version, file.runner, interrupted=file.interrupted
    )
    for answer in file.answers:
        fact = known.get(answer.fact)
        if fact is None:
            continue
        try:
            rows = tuple(_json(bytes(answer.rows), list[fact]))
        except RecordError as error:
            raise RecordError(f"rows of {answer.fact} of {answer.target}: {error}") from None
        _check_dates(f"{answer.fact} of {answer.target}", _dates_in(fact, rows))
        evidence.answers[answer.fact, answer.target] = Answer(rows, answer.at, answer.query)
    evidence.gaps.update(((gap.fact, gap.target), gap) for gap in file.gaps)
    evidence.targets.update((target.name, target) for target in file.targets)
    evidence.close()
    settle(evidence)
    return evidence


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


def _dates_in(fact: type[Fact], rows: Iterable[Fact]) -> Iterator[datetime | None]:
    names = [field.name for field in fields(cast("Any", fact)) if "datetime" in str(field.type)]
    yield from (getattr(row, name) for row in rows for name in names)


def _check_dates(where: str, dates: Iterable[datetime | None]) -> None:
    """Refuse dates that cannot be compared with others: without an offset, or before the first or after the last."""
    for date in dates:
        try:
            if date is not None and (date.tzinfo is None or not date.astimezone(UTC)):
                raise OverflowError
        except OverflowError:
            raise RecordError(f"{where}: {date} is no date in UTC") from None


def _decode(data: bytes) -> _File:
    version = _version(data)
    if version != SCHEMA:
        other = "it names none" if version is None else show(version)
        raise RecordError(f"it is not a record of version {SCHEMA} ({other})")
    return _json(data, _File)


def _version(data: bytes) -> int | str | None:
    """The version that the file names; what is another file of ours is told by its name."""
    try:
        version, none = _json(data, _Head).hv_preflight, None
    except RecordError as error:
        version, none = None, error
    other = in_place_of_a_record(data) if version is None else ""
    if other:
        raise RecordError(f"it {other}")
    if none:
        raise none
    return version


def _json(data: bytes, form: type[T]) -> T:
    """The data in a form; whatever has not that form ends as a RecordError."""
    try:
        return msgspec.json.decode(data, type=form)
    except UnicodeError:
        why = "it is not UTF-8"
    except msgspec.MsgspecError as error:
        why = decoding(str(error))
    except RecursionError:
        why = "it is nested too deeply"
    except (ValueError, OverflowError):
        why = "a number or a date is too large"
    raise RecordError(f"it is no record of hv-preflight: {why}")
