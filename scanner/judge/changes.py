"""What changed in the evidence between two records: which entry of which list, and by whom it was read. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import Enum
from typing import Any, cast

from scanner.words.evidence import Answer, Evidence
from scanner.words.model import Fact, Gap
from scanner.words.telling import tell

NOTHING = tell("nothing")


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceChange:
    """One thing that was read otherwise."""

    fact: str
    target: str
    entry: str = ""
    """which row, where there may be several"""
    field: str = ""
    """which property of it; empty: all of the row, or of the answer"""
    before: str = ""
    """empty: it was not there"""
    now: str = ""
    """empty: it is not there"""
    read_by: str = ""
    """as whom it was read, now or at last"""

    @property
    def place(self) -> tuple[str, str]:
        """The answer that it is part of."""
        return self.fact, self.target


def changes(old: Evidence, new: Evidence) -> tuple[EvidenceChange, ...]:
    """Everything that was read otherwise, by target and fact."""
    before, now = _asked(old), _asked(new)
    found: list[EvidenceChange] = []
    for key in sorted({*before, *now}, key=lambda key: (key[1], key[0])):
        was, is_ = before.get(key), now.get(key)
        by = _reader(new, key[1]) or _reader(old, key[1])
        found += _between(key, was, is_, by)
    return tuple(found)


def _asked(evidence: Evidence) -> dict[tuple[str, str], Answer | Gap]:
    gaps = {(gap.fact, gap.target): gap for gap in evidence.gaps()}
    return {**{answer.key: answer for answer in evidence.answers()}, **gaps}


def _reader(evidence: Evidence, target: str) -> str:
    """As whom and how a target was read."""
    told = (info for info in evidence.targets() if info.name == target)
    return next((", ".join(filter(None, (info.who, info.how))) for info in told), "")


def _between(
    key: tuple[str, str], was: Answer | Gap | None, now: Answer | Gap | None, by: str
) -> Iterator[EvidenceChange]:
    fact, target = key
    if isinstance(was, Answer) and isinstance(now, Answer):
        for entry, field, before, after in _rows(was.rows, now.rows):
            yield EvidenceChange(
                fact=fact, target=target, entry=entry, field=field, before=before, now=after, read_by=by
            )
        return
    texts = _answered(was), _answered(now)
    if texts[0] != texts[1]:
        yield EvidenceChange(fact=fact, target=target, before=texts[0], now=texts[1], read_by=by)


def _answered(told: Answer | Gap | None) -> str:
    if told is None:
        return ""
    return (
        tell("not read: {because}", because=told.because)
        if isinstance(told, Gap)
        else tell("read, {count:,} in all", count=len(told.rows))
    )


Difference = tuple[str, str, str, str]
"""Entry, field, before, now."""


def _rows(before: Sequence[Fact], now: Sequence[Fact]) -> Iterator[Difference]:
    """What differs between the rows of two answers, each row by what tells it from others."""
    was, is_ = _by_key(before), _by_key(now)
    if was is None or is_ is None:
        yield from _listed(before, now)
        return
    for key in [*was, *(key for key in is_ if key not in was)]:
        if key not in is_:
            yield key, "", said(was[key]), ""
        elif key not in was:
            yield key, "", "", said(is_[key])
        else:
            yield from ((key, *one) for one in _fields(was[key], is_[key]))


def _by_key(rows: Sequence[Fact]) -> Mapping[str, Fact] | None:
    """The rows by what tells them apart; None where nothing is known to."""
    found: dict[str, Fact] = {}
    for row in rows:
        if row.key is None:
            return None
        name = ", ".join(said(getattr(row, word)) for word in row.key)
        if name in found:
            return None
        found[name] = row
    return found


def _listed(before: Iterable[Fact], now: Iterable[Fact]) -> Iterator[Difference]:
    """Of rows that nothing tells apart: those that went, and those that came."""
    was, is_ = Counter(map(said, before)), Counter(map(said, now))
    for text in (was - is_).elements():
        yield "", "", text, ""
    for text in (is_ - was).elements():
        yield "", "", "", text


def _fields(was: Fact, now: Fact) -> Iterator[tuple[str, str, str]]:
    for field in fields(cast("Any", now)):
        before, after = getattr(was, field.name, None), getattr(now, field.name, None)
        if before == after:
            continue
        if isinstance(before, tuple) and isinstance(after, tuple):
            left, right = _entries(before), _entries(after)
            yield from ((field.name, text, "") for text in (left - right).elements())
            yield from ((field.name, "", text) for text in (right - left).elements())
        else:
            yield field.name, said(before), said(after)


def _entries(value: Any) -> Counter[str]:
    return Counter(map(said, cast("tuple[Any, ...]", value)))


def said(value: Any) -> str:
    """A value of a row as text."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, tuple):
        return ", ".join(map(said, cast("tuple[Any, ...]", value))) or "none"
    if isinstance(value, Fact):
        named = fields(cast("Any", value))
        return ", ".join(f"{field.name} {said(getattr(value, field.name))}" for field in named)
    return str(value) or '""'
