"""A recording in words: what was asked, what came of it, what of the answers is in clear text."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from scanner.facts.host import release_of
from scanner.words.recording import Asked, Held, Recording, Settled, Value
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
    yield "asked, and what came of it" + ("" if every else "; below it the texts that stay in clear, … for a stand-in")
    for asked in recording.asked:
        yield from _asked(asked, every=every)
    if recording.schemas:
        yield ""
        yield from _classes(recording, every=every)
    yield ""
    yield "not kept: the names of the machine, of its domain, of accounts; the texts of errors"
    yield "every value, as it stands there: --all" if not every else "this was every value"


def _head(recording: Recording) -> Iterator[str]:
    told = recording.computer
    build = told.get("build")
    release = f", Windows Server {release_of(build).replace('R2', ' R2')}" if isinstance(build, int) else ""
    more = ", ".join(f"{_line(key, LONG)} {_line(str(value), LONG)}" for key, value in told.items())
    yield f"a recording of one machine, a {recording.kind}{release}: {more or 'nothing more is told of it'}"
    made = f"{recording.at:%Y-%m-%d %H:%M} UTC, by hv-preflight {_line(recording.version, LONG)}"
    yield f"made {made}, signed in by {_line(recording.transport, LONG)}"
    rows = sum(len(asked.rows) for asked in recording.asked)
    silent = sum(bool(asked.unanswered) for asked in recording.asked)
    yield (
        f"{counted(len(recording.asked), 'query', 'queries')}, {silent} of them not answered; {counted(rows, 'row')}; "
        f"{counted(recording.hidden, 'value')} hidden"
    )


def _verdicts(settled: Iterable[Settled]) -> Iterator[str]:
    """What it settles of what nobody has seen on real Windows; what it cannot tell is counted."""
    settled = tuple(settled)
    if not settled:
        return
    number = Counter(one.held for one in settled)
    yield ""
    told = ", ".join(f"{held}: {number[held]:,}" for held in Held)
    yield f"of what is not proven on real Windows (docs/unproven.md): {told}"
    for held in (Held.FAILS, Held.HOLDS):
        for one in settled:
            if one.held is held:
                yield f"  {held:14} {_line(one.point, LONG)}: {_line(one.why, LONGEST)}"


def _asked(asked: Asked, *, every: bool) -> Iterator[str]:
    if asked.unanswered:
        came = f"no answer: {_line(asked.unanswered, LONG)}"
    else:
        more = f", and {counted(asked.left_out, 'more', 'more')} that are not kept" if asked.left_out else ""
        came = f"{counted(len(asked.rows), 'row')}{more}"
    took = f", {lasting(max(asked.seconds, 0.0))}" if asked.seconds is not None else ""
    yield f"  {_line(asked.fact or asked.query, LONG):28} {came}{took}"
    if every:
        yield f"    {_line(asked.query, LONGEST)}"
    for failure in asked.failures if every else asked.failures[:SOME]:
        yield f"    error {_line(failure.error_id, 200)} ({_line(failure.category, LONG)})"
    if every:
        yield from (f"    {_line(json.dumps(row, ensure_ascii=False), LONGEST)}" for row in asked.rows)
        return
    clear = list(dict.fromkeys(text for row in asked.rows for text in _clear(row)))
    if clear:
        rest = f" and {counted(len(clear) - SOME, 'more', 'more')}" if len(clear) > SOME else ""
        yield f"    {'; '.join(_line(text, LONG) for text in clear[:SOME])}{rest}"


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
    yield f"names and types of the properties of {counted(len(there), 'class', 'classes')}, as Windows has them"
    for schema in recording.schemas if every else ():
        said = ", ".join(f"{name} {kind}" for name, kind in schema.properties.items()) or f"not there: {schema.missing}"
        yield f"  {_line(f'{schema.namespace}:{schema.name}', 200)}  {_line(said, LONGEST)}"


def _line(text: str, limit: int) -> str:
    return foreign(text, limit)
