"""Whether an answer is whole, and its rows in one order: what is judged depends on what was said, not on when.

A record keeps the rows as they came; who judges puts them in order first.

A machine always has a row of some facts, as of its operating system. Where an answer has fewer, somebody may not look,
or what answers is broken: it says nothing, so it is a gap. So is one whose rows contradict each other: two of one key,
which Windows never gives, and not the same. Rows that are the same are one, and the order in which a
machine lists them, which Windows does not promise, decides nothing and shows nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields, replace
from operator import is_
from typing import Any, cast

from scanner.words.evidence import Answer, Evidence
from scanner.words.model import Gap, GapReason, key_of
from scanner.words.telling import counted, tell
from scanner.words.view import MissingEvidence
from scanner.words.wording import show


def whole_answers(evidence: Evidence) -> Evidence:
    """Make gaps of answers that lack a row that there always is, or have two of one key that differ."""
    gaps = tuple(_lacking(evidence))
    return evidence.amended(gaps=(*evidence.gaps(), *gaps)) if gaps else evidence


def _lacking(evidence: Evidence) -> Iterator[Gap]:
    for answer in evidence.answers():
        if wrong := _few(answer) or _contradicting(answer):
            yield Gap(key_of(answer.fact), answer.target, GapReason.UNPARSABLE, wrong)


def _few(answer: Answer) -> str:
    """What it lacks; empty if nothing."""
    least, rows = answer.fact.least, len(answer.rows)
    if rows < least:
        return tell(
            "{rows} where there always is {least}",
            rows=counted(rows, "row"),
            least=tell("one") if least == 1 else least,
        )
    with suppress(MissingEvidence):  # of another version's rows what they hold
        return answer.fact.lacks(answer.rows)
    return ""


def _contradicting(answer: Answer) -> str:
    """Which rows contradict each other; empty if none do."""
    key = answer.fact.key
    if key is None or len(answer.rows) < 2:
        return ""
    names, seen = _names(answer), dict[tuple[object, ...], list[object]]()
    found: set[str] = set()
    for row in answer.rows if {*names}.issuperset(key) else ():
        values, whole = tuple(_plain(getattr(row, name)) for name in key), [getattr(row, name) for name in names]
        if None not in values and seen.setdefault(values, whole) != whole:
            found.add(show(", ".join(map(str, values))) if values else "")
    if not found:
        return ""
    if key := min(found):
        return tell("two rows of {key} that differ, where there is one", key=key)
    return tell("two rows that differ, where there is one")


def _plain(value: object) -> object:
    """Names in any case are the same to Windows."""
    return value.casefold() if isinstance(value, str) else value


def _names(answer: Answer) -> list[str]:
    """The fields that its rows hold: of another version's rows some."""
    return [field.name for field in fields(cast("Any", answer.rows[0]))]


def ordered_rows(evidence: Evidence) -> Evidence:
    """Put the rows of each answer into one order, each once."""
    answers = evidence.answers()
    made = tuple(map(_ordered, answers))
    changed = any(new is not old for new, old in zip(made, answers, strict=True))
    return evidence.amended(answers=made) if changed else evidence


def _ordered(answer: Answer) -> Answer:
    if len(answer.rows) < 2:
        return answer
    names = _names(answer)
    once = {tuple(getattr(row, name) for name in names): row for row in answer.rows}
    try:
        keys = sorted(once)
    except TypeError:  # a null beside a value, or rows within rows: by how they are written
        keys = sorted(once, key=lambda key: tuple(map(repr, key)))
    rows = tuple(once[key] for key in keys)
    same = len(rows) == len(answer.rows) and all(map(is_, rows, answer.rows))
    return answer if same else replace(answer, rows=rows)
