"""A recording in words: what was asked, what came of it, what of the answers is in clear text."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from scanner.commands.speech import in_words
from scanner.facts.host import release_of
from scanner.words.model import TargetKind
from scanner.words.recording import Asked, Held, Recording, Settled, Value
from scanner.words.telling import by_text, joined, tell
from scanner.words.wording import counted, foreign, lasting

SOME = 6
"""texts of one query that are listed"""
LONG = 80
"""characters of one"""
LONGEST = 4_000
"""characters of a line with every value"""
STAND_IN = re.compile(
    r"name-\d+(?:x*-\d+|x+)?|00000000-0000-4000-8000-\d{12}|F0\d{10,}|S-1-5-21-(\d+)-\1-\1(?:-\d+)?"
    r"|192\.0\.2\.\d+|198\.51\.100\.\d+|203\.0\.113\.\d+|198\.1[89]\.\d+\.\d+|2001:db8:[0-9a-f:]+|fe80::[0-9a-f]*"
    r"|00-?(?:00-?5E|15-?5D)-?00-?5[3-9A-F]-?[0-9A-F]{2}",
    re.IGNORECASE,
)
"""What stands in a name's place (``scanner.collect.standins``)."""
TELLING = re.compile(r"[^\W\d_]{2}|\d(?:\.\d{1,3}){2}|[0-9a-f]{3,4}:[0-9a-f]{1,4}:", re.IGNORECASE)
"""What may be a name, or a part of an address."""
DATES = re.compile(r"/Date\(.*\)/|\d{4}-\d\d-\d\d[T ].*")


def lines(recording: Recording, *, every: bool) -> Iterator[str]:
    """The whole of it."""
    yield from _head(recording)
    yield from _verdicts(recording.settled)
    yield ""
    yield (
        tell("asked, and what came of it")
        if every
        else tell("asked, and what came of it; below it the texts that stay in clear, … for a stand-in")
    )
    for asked in recording.asked:
        yield from _asked(asked, every=every)
    if recording.schemas:
        yield ""
        yield from _classes(recording, every=every)
    yield ""
    yield tell("not kept: the names of the machine, of its domain, of accounts; the texts of errors")
    yield tell("every value, as it stands there: --all") if not every else tell("this was every value")


def _head(recording: Recording) -> Iterator[str]:
    told = recording.computer
    build = told.get("build")
    more = joined(
        ", ",
        (tell("{line} {line2}", line=_line(key, LONG), line2=_line(str(value), LONG)) for key, value in told.items()),
    )
    more, kind = more or tell("nothing more is told of it"), _kind(recording.kind)
    yield (
        tell(
            "a recording of one machine, a {kind}, Windows Server {release}: {more}",
            kind=kind,
            release=release_of(build).replace("R2", " R2"),
            more=more,
        )
        if isinstance(build, int)
        else tell("a recording of one machine, a {kind}: {more}", kind=kind, more=more)
    )
    made = tell("{at:%Y-%m-%d %H:%M} UTC, by hv-preflight {line}", at=recording.at, line=_line(recording.version, LONG))
    yield tell("made {made}, signed in by {line}", made=made, line=_line(recording.transport, LONG))
    rows = sum(len(asked.rows) for asked in recording.asked)
    silent = sum(bool(asked.unanswered) for asked in recording.asked)
    yield (
        tell(
            "{querys}, {silent} of them not answered; {rows}; {values} hidden",
            querys=counted(len(recording.asked), "query", "queries"),
            silent=silent,
            rows=counted(rows, "row"),
            values=counted(recording.hidden, "value"),
        )
    )


def _kind(kind: str) -> str:
    return by_text(kind, "kind of target") if kind in set(TargetKind) else _line(kind, LONG)


def _verdicts(settled: Iterable[Settled]) -> Iterator[str]:
    """What it settles of what nobody has seen on real Windows; what it cannot tell is counted."""
    settled = tuple(settled)
    if not settled:
        return
    number = Counter(one.held for one in settled)
    yield ""
    told = joined(", ", (tell("{held}: {number:,}", held=held, number=number[held]) for held in Held))
    yield tell("of what is not proven on real Windows (docs/unproven.md): {told}", told=told)
    for held in (Held.FAILS, Held.HOLDS):
        for one in settled:
            if one.held is held:
                yield tell(
                    "  {held} {line}: {line2}",
                    held=f"{held:14}",
                    line=_line(one.point, LONG),
                    line2=_line(one.why, LONGEST),
                )


def _asked(asked: Asked, *, every: bool) -> Iterator[str]:
    if asked.unanswered:
        came = tell("no answer: {line}", line=_line(asked.unanswered, LONG))
    else:
        came = counted(len(asked.rows), "row")
        if asked.left_out:
            mores = counted(asked.left_out, "more", "more")
            came = tell("{rows}, and {mores} that are not kept", rows=came, mores=mores)
    took = [] if asked.seconds is None else [lasting(max(asked.seconds, 0.0))]
    yield tell("  {line} {came}", line=f"{_line(asked.fact or asked.query, LONG):28}", came=joined(", ", [came, *took]))
    if every:
        yield tell("    {line}", line=_line(asked.query, LONGEST))
    for failure in asked.failures if every else asked.failures[:SOME]:
        yield tell("    error {line} ({line2})", line=_line(failure.error_id, 200), line2=_line(failure.category, LONG))
    if every:
        yield from (tell("    {line}", line=_line(json.dumps(row, ensure_ascii=False), LONGEST)) for row in asked.rows)
        return
    clear = list(dict.fromkeys(text for row in asked.rows for text in _clear(row)))
    if clear:
        line = joined("; ", (_line(text, LONG) for text in clear[:SOME]))
        if len(clear) > SOME:
            line = tell("{line} and {mores}", line=line, mores=counted(len(clear) - SOME, "more", "more"))
        yield tell("    {line}", line=line)


def _clear(value: Value) -> Iterator[str]:
    """The texts in a value of which more is left than stand-ins, each of which is told as ``…``."""
    if isinstance(value, str):
        left = STAND_IN.sub("…", value)
        if TELLING.search(left) and not DATES.fullmatch(value):
            yield left
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _clear(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _clear(inner)


def _classes(recording: Recording, *, every: bool) -> Iterator[str]:
    there = [schema for schema in recording.schemas if not schema.missing]
    yield tell(
        "names and types of the properties of {classs}, as Windows has them",
        classs=counted(len(there), "class", "classes"),
    )
    for schema in recording.schemas if every else ():
        said = joined(
            ", ", (tell("{name} {kind}", name=name, kind=kind) for name, kind in schema.properties.items())
        ) or tell("not there: {missing}", missing=schema.missing)
        yield f"  {_line(f'{schema.namespace}:{schema.name}', 200)}  {_line(said, LONGEST)}"


def _line(text: str, limit: int) -> str:
    return foreign(in_words(text), limit)
