"""Rows of steps as aligned lines for people, and as JSON: rows in, text out."""

from __future__ import annotations

import json as encoder
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from scanner.commands.columns import hung
from scanner.estate.secret import redact
from scanner.words.exits import INCOMPLETE, INTERRUPTED, READY
from scanner.words.inert import inert_json
from scanner.words.model import TargetKind
from scanner.words.names import short
from scanner.words.step import Row, Step
from scanner.words.wording import foreign

SCHEMA = 1
"""Version of the JSON. It rises when something a reader relies on goes or changes its meaning."""
LONGEST = 600
"""characters of a text"""
BETWEEN = " · "
HEAD = re.compile(r" +→ |\S.*?   +")
"""what stands before the text of a line: a label, or the place below it"""
WHOLE = (TargetKind.DOMAIN, TargetKind.KEY_FILE)
"""kinds of which the whole name is told"""


def lines(rows: Sequence[Row], width: int) -> list[str]:
    """A line a row, and what to do; advice that was given for a row before is not given again."""
    labels = _labels(rows)
    column = max(map(len, labels), default=0) + 3
    given: dict[tuple[str, str], int] = {}
    told: list[str] = []
    for place, row in enumerate(rows):
        line = f"{labels[place]:<{column}}{BETWEEN.join(_line(step.text) for step in row.steps if step.text)}"
        advices: list[str] = []
        for step in row.steps:
            if step.advice.text:
                first = given.setdefault((step.advice.kind, step.advice.text), place)
                as_said = _line(step.advice.for_target(row.subject))
                advices.append(f"→ {as_said}" if first == place else f"→ as for {labels[first]}")
        if len(advices) == 1 and len(line) + len(advices[0]) < width:
            told.append(f"{line} {advices[0]}")
        else:
            told += [line, *(f"{'':<{column}}{advice}" for advice in advices)]
    return told


def fitted(line: str, width: int) -> str:
    """A line as wide as the terminal: what does not fit goes on below its beginning, beside the label."""
    head = HEAD.match(line)
    return hung(head[0], line[head.end() :], width) if head and len(line) > width else line


def _labels(rows: Sequence[Row]) -> list[str]:
    """Machines by their short names, where no two have the same."""
    shorts = Counter(short(row.subject) for row in rows)
    return [
        _line(row.subject if row.kind in WHOLE or shorts[short(row.subject)] > 1 else short(row.subject))
        for row in rows
    ]


def _line(text: str) -> str:
    return foreign(redact(text), LONGEST)


def json(rows: Iterable[Row], code: int) -> str:
    """The same for programs."""
    rows = tuple(rows)
    document = {
        "schema": SCHEMA,
        "exit": code,
        "interrupted": code == INTERRUPTED,
        "rows": [
            {"subject": _line(row.subject), "kind": row.kind, "steps": [_step(step, row) for step in row.steps]}
            for row in rows
        ],
    }
    return inert_json(encoder.dumps(document, ensure_ascii=True, indent=1)) + "\n"


def _step(step: Step, row: Row) -> dict[str, object]:
    return {
        "step": step.name,
        "state": step.state,
        "text": _line(step.text),
        "kind": step.advice.kind,
        "advice": _line(step.advice.for_target(row.subject)),
        "facts": list(map(_line, step.facts)),
    }


def code_of(rows: Iterable[Row], *, interrupted: bool) -> int:
    """How the command ends."""
    if interrupted:
        return INTERRUPTED
    return INCOMPLETE if any(row.wrong for row in rows) else READY


def last_line(rows: Iterable[Row]) -> str:
    """The whole in a sentence."""
    wrong = sum(row.wrong for row in rows)
    says = "says" if wrong == 1 else "say"
    return (
        f"something would be missing from a scan: {wrong} of these lines {says} what" if wrong else "a scan can begin"
    )
