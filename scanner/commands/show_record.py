"""A record in words: whom was read, when and as whom, what came of it, and why the rest did not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC
from typing import Any, cast

from scanner.commands.console import UsageError
from scanner.commands.speech import in_words
from scanner.words.evidence import Answer, Evidence
from scanner.words.model import Gap, TargetKind, key_of
from scanner.words.names import meant, nearest_host
from scanner.words.source import TargetInfo
from scanner.words.telling import by_text, joined, tell
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
        more = tell("; that may be {found}", found=joined(", ", found)) if found else nearest_host(target, names)
        raise UsageError(tell("{target} is nobody of whom this record tells{more}", target=show(target), more=more))
    return list(found)


def _told(evidence: Evidence, names: list[str], *, every: bool) -> Iterator[str]:
    answers = [answer for answer in evidence.answers() if answer.target in names]
    gaps = [gap for gap in evidence.gaps() if gap.target in names]
    by = tell(
        "read by hv-preflight {foreign} on {line}", foreign=foreign(evidence.version, 40), line=_line(evidence.runner)
    )
    yield tell("a record of {finished:%Y-%m-%d %H:%M} UTC, {by}", finished=evidence.finished, by=by)
    if evidence.interrupted:
        yield tell("the run was ended early")
    yield tell(
        "{answers} and {gaps} of {targets}",
        answers=counted(len(answers), "answer"),
        gaps=counted(len(gaps), "gap"),
        targets=counted(len(names), "target"),
    )
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
        yield tell("{line}: it gave no answer of its own", line=_line(name))
        return
    kind = by_text(info.kind, "kind of target") if info.kind in set(TargetKind) else info.kind
    yield tell("{name}, {kind}: {read}", name=_line(name), kind=_line(kind), read=_read(info))
    blind = [tell("its certificate was NOT verified")] if info.unverified else []
    asked = tell(
        "{querys}, {answered:,} answered, in {lasting}",
        querys=counted(info.queries, "query", "queries"),
        answered=info.answered,
        lasting=lasting(info.seconds),
    )
    yield tell("  {asked}", asked=joined("; ", [asked, *_proof(info), *blind]))


def _read(info: TargetInfo) -> str:
    who, how = _line(info.who), _line(info.how)
    if not info.answered:
        return tell("not read")
    if who and how:
        return tell("read as {who} by {how}", who=who, how=how)
    if who:
        return tell("read as {who}", who=who)
    return tell("read by {how}", how=how) if how else tell("read")


def _proof(info: TargetInfo) -> tuple[str, ...]:
    """Who proved that the answers are its own; of a domain no record tells, nor of what answered nothing."""
    if info.proof:
        return (tell("it proved who it is by {line}", line=_line(info.proof)),)
    silent = not info.answered or info.kind in (TargetKind.DOMAIN, TargetKind.CONTROLLER, TargetKind.KEY_FILE)
    return () if silent else (tell("nothing proved that it is itself"),)


def _answer(answer: Answer, *, every: bool) -> Iterator[str]:
    at = answer.at.astimezone(UTC)
    yield tell(
        "  {line} {rows}, {at:%Y-%m-%d %H:%M:%S} UTC",
        line=f"{_line(key_of(answer.fact)):28}",
        rows=counted(len(answer.rows), "row"),
        at=at,
    )
    if every:
        yield tell("    {longest}", longest=foreign(answer.query, LONGEST))
        for row in answer.rows:
            told: dict[str, Any] = asdict(cast("Any", row))
            yield tell("    {longest}", longest=foreign(json.dumps(told, ensure_ascii=False, default=str), LONGEST))


def _gap(gap: Gap) -> str:
    return tell("  {line} not had: {line2}", line=f"{_line(gap.fact):28}", line2=_line(gap.because))


def _line(text: str) -> str:
    return foreign(in_words(text), LONG)
