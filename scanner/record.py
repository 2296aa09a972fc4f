"""Writes the evidence to a file and reads it back: the same record gives the same findings anywhere, any day.

The file is JSON, made to be read by people too. It holds no secret: none is ever put into evidence, and its values are
searched once more before they are written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any, cast

import msgspec

from scanner.estate.model import Estate
from scanner.evidence import Answer, Evidence
from scanner.hide import hidden
from scanner.identity import NEEDS, settle
from scanner.model import Fact, Gap
from scanner.report import TargetInfo

SCHEMA = 1
"""Version of the file's form; a file of another version is refused."""


class RecordError(ValueError):
    """The file is no record of this program, or of another version of it."""


class _Answer(msgspec.Struct, frozen=True):
    fact: str
    target: str
    at: datetime
    query: str
    rows: list[Any]


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
        _Answer(fact, target, answer.at, answer.query, [asdict(cast("Any", row)) for row in hidden(answer.rows)])
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
    return msgspec.json.format(msgspec.json.encode(file, order="sorted"), indent=1) + b"\n"


def load(data: bytes, facts: Iterable[type[Fact]]) -> Evidence:
    """Read a record; rows of facts that no check or plugin of today knows are left out.

    Whose answers they are is judged again, so that a record made or edited elsewhere holds no other machine's facts.

    Raises:
        RecordError: it is no such record; the text says why.
    """
    file = _decode(data)
    known: Mapping[str, type[Fact]] = {fact.__name__: fact for fact in (*NEEDS, *facts)}
    evidence = Evidence(
        file.estate, file.started, file.finished, file.version, file.runner, interrupted=file.interrupted
    )
    for answer in file.answers:
        fact = known.get(answer.fact)
        if fact is None:
            continue
        try:
            rows = tuple(msgspec.convert(row, fact) for row in answer.rows)
        except msgspec.ValidationError as error:
            raise RecordError(f"{answer.fact} of {answer.target}: {error}") from None
        evidence.answers[answer.fact, answer.target] = Answer(rows, answer.at, answer.query)
    evidence.gaps.update(((gap.fact, gap.target), gap) for gap in file.gaps)
    evidence.targets.update((target.name, target) for target in file.targets)
    evidence.close()
    settle(evidence)
    return evidence


def _decode(data: bytes) -> _File:
    try:
        version = msgspec.json.decode(data, type=dict[str, Any]).get("hv_preflight")
        if version != SCHEMA:
            raise RecordError(f"it is not a record of version {SCHEMA} ({version!r})")
        return msgspec.json.decode(data, type=_File)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise RecordError(f"it is no record of hv-preflight: {error}") from None
