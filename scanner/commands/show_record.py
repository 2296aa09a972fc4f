"""A record in words: whom was read, when and as whom, what came of it, and why the rest did not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC
from typing import Any, cast

from scanner.commands.console import UsageError
from scanner.words.evidence import Answer, Evidence
from scanner.words.model import Gap, TargetKind, key_of
from scanner.words.names import meant, nearest_host
from scanner.words.source import TargetInfo
from scanner.words.wording import counted, foreign, lasting, show

LONG, LONGEST = 300, 4_000
"""characters of a text, and of a line with every value"""


def lines(evidence: Evidence, target: str | None, *, every: bool) -> Iterator[str]:
    """The whole of it, or what was read of one target.

    Raises:
        UsageError: nobody of that name was to be read.
    """
    names = list(dict.fromkeys((*(info.name for info in evidence.targets()), *_asked(evidence))))
    chosen = _chosen(names, target) if target else names
    return _told(evidence, chosen, every=every)


def _asked(evidence: Evidence) -> Iterator[str]:
    yield from (answer.target for answer in evidence.answers())
    yield from (gap.target for gap in evidence.gaps())


def _chosen(names: list[str], target: str) -> list[str]:
    found = meant(target, names)
    if len(found) != 1:
        more = f"; that may be {', '.join(found)}" if found else nearest_host(target, names)
        raise UsageError(f"{show(target)} is nobody of whom this record tells{more}")
    return list(found)


def _told(evidence: Evidence, names: list[str], *, every: bool) -> Iterator[str]:
    answers = [answer for answer in evidence.answers() if answer.target in names]
    gaps = [gap for gap in evidence.gaps() if gap.target in names]
    by = f"read by hv-preflight {foreign(evidence.version, 40)} on {_line(evidence.runner)}"
    yield f"a record of {evidence.finished:%Y-%m-%d %H:%M} UTC, {by}"
    if evidence.interrupted:
        yield "the run was ended early"
    yield f"{counted(len(answers), 'answer')} and {counted(len(gaps), 'gap')} of {counted(len(names), 'target')}"
    infos = {info.name: info for info in evidence.targets()}
    for name in names:
        mine = [answer for answer in answers if answer.target == name]
        missing = [gap for gap in gaps if gap.target == name]
        yield ""
        yield from _target(name, infos.get(name))
        yield from (line for answer in mine for line in _answer(answer, every=every))
        yield from map(_gap, missing)


def _target(name: str, info: TargetInfo | None) -> Iterator[str]:
    """Who it is, and how it was read."""
    if info is None:
        yield f"{_line(name)}: it gave no answer of its own"
        return
    who = f" as {_line(info.who)}" if info.who else ""
    how = f" by {_line(info.how)}" if info.how else ""
    yield f"{_line(name)}, {_line(info.kind)}: {f'read{who}{how}' if info.answered else 'not read'}"
    blind = "; its certificate was NOT verified" if info.unverified else ""
    asked = f"{counted(info.queries, 'query', 'queries')}, {info.answered:,} answered, in {lasting(info.seconds)}"
    yield f"  {asked}{_proof(info)}{blind}"


def _proof(info: TargetInfo) -> str:
    """Who proved that the answers are its own; of a domain no record tells, nor of what answered nothing."""
    if info.proof:
        return f"; it proved who it is by {_line(info.proof)}"
    silent = not info.answered or info.kind in (TargetKind.DOMAIN, TargetKind.CONTROLLER, TargetKind.KEY_FILE)
    return "" if silent else "; nothing proved that it is itself"


def _answer(answer: Answer, *, every: bool) -> Iterator[str]:
    at = answer.at.astimezone(UTC)
    yield f"  {_line(key_of(answer.fact)):28} {counted(len(answer.rows), 'row')}, {at:%Y-%m-%d %H:%M:%S} UTC"
    if every:
        yield f"    {foreign(answer.query, LONGEST)}"
        for row in answer.rows:
            told: dict[str, Any] = asdict(cast("Any", row))
            yield f"    {foreign(json.dumps(told, ensure_ascii=False, default=str), LONGEST)}"


def _gap(gap: Gap) -> str:
    return f"  {_line(gap.fact):28} not had: {_line(gap.because)}"


def _line(text: str) -> str:
    return foreign(text, LONG)
