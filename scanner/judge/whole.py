"""Whether an answer is whole, and its rows in one order: what is judged depends on what was said, not on when.

A machine always has a row of some facts, as of its operating system. Where an answer has fewer, somebody may not look,
or what answers is broken: it says nothing, so it is a gap. Rows that are the same are one, and the order in which a
machine lists them, which Windows does not promise, decides nothing and shows nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from operator import is_
from typing import Any, cast

from scanner.words.evidence import Answer, Evidence
from scanner.words.model import Gap, GapReason, key_of
from scanner.words.wording import counted


def whole_answers(evidence: Evidence) -> Evidence:
    """Make gaps of answers that have fewer rows than there always are."""
    gaps = tuple(_lacking(evidence))
    return evidence.amended(gaps=(*evidence.gaps(), *gaps)) if gaps else evidence


def _lacking(evidence: Evidence) -> Iterator[Gap]:
    for answer in evidence.answers():
        least, rows = answer.fact.least, len(answer.rows)
        if rows < least:
            seen = f"{counted(rows, 'row')} where there always is {'one' if least == 1 else least}"
            yield Gap(key_of(answer.fact), answer.target, GapReason.UNPARSABLE, seen)


def ordered_rows(evidence: Evidence) -> Evidence:
    """Put the rows of each answer into one order, each once."""
    answers = evidence.answers()
    made = tuple(map(_ordered, answers))
    changed = any(new is not old for new, old in zip(made, answers, strict=True))
    return evidence.amended(answers=made) if changed else evidence


def _ordered(answer: Answer) -> Answer:
    if len(answer.rows) < 2:
        return answer
    names = [field.name for field in fields(cast("Any", answer.rows[0]))]  # of another version's rows those it holds
    once = {tuple(getattr(row, name) for name in names): row for row in answer.rows}
    try:
        keys = sorted(once)
    except TypeError:  # a null beside a value, or rows within rows: by how they are written
        keys = sorted(once, key=lambda key: tuple(map(repr, key)))
    rows = tuple(once[key] for key in keys)
    same = len(rows) == len(answer.rows) and all(map(is_, rows, answer.rows))
    return answer if same else replace(answer, rows=rows)
