"""Rows of steps as aligned lines for people, and as JSON: rows in, text out."""

from __future__ import annotations

import json as encoder
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from scanner.commands.columns import cells, hung, padded, widest
from scanner.commands.speech import in_words
from scanner.estate.secret import redact
from scanner.words.exits import INCOMPLETE, INTERRUPTED, READY
from scanner.words.inert import inert_json
from scanner.words.model import TargetKind
from scanner.words.names import short
from scanner.words.step import Row, Step
from scanner.words.telling import by_text, plural, tell
from scanner.words.told import plain
from scanner.words.wording import foreign

SCHEMA = 1
"""Version of the JSON. It rises when something a reader relies on goes or changes its meaning."""
LONGEST = 600
"""characters of a text"""
BETWEEN = " · "
RUNNER = "runner"
"""The kind of a row that is about this machine."""
HEAD = re.compile(r" +→ |\S.*?   +")
"""what stands before the text of a line: a label, or the place below it"""
WHOLE = (TargetKind.DOMAIN, TargetKind.KEY_FILE)
"""kinds of which the whole name is told"""


def lines(rows: Sequence[Row], width: int) -> list[str]:
    """A line a row, and what to do; advice that was given for a row before is not given again."""
    labels = _labels(rows)
    column = widest(labels) + 3
    given: dict[tuple[str, str], int] = {}
    told: list[str] = []
    for place, row in enumerate(rows):
        line = padded(labels[place], column) + BETWEEN.join(_line(step.text) for step in row.steps if step.text)
        advices: list[str] = []
        for step in row.steps:
            if step.advice.text:
                first = given.setdefault((step.advice.kind, step.advice.text), place)
                advice = step.advice.for_target(row.subject)
                as_said = advice if first == place else tell("as for {label}", label=labels[first])
                advices.append(f"→ {_line(as_said)}")
        if len(advices) == 1 and cells(line) + cells(advices[0]) < width:
            told.append(f"{line} {advices[0]}")
        else:
            told += [line, *(f"{'':<{column}}{advice}" for advice in advices)]
    return told


def fitted(line: str, width: int) -> str:
    """A line as wide as the terminal: what does not fit goes on below its beginning, beside the label."""
    head = HEAD.match(line)
    return hung(head[0], line[head.end() :], width) if head and cells(line) > width else line


def _labels(rows: Sequence[Row]) -> list[str]:
    """Machines by their short names, where no two have the same."""
    shorts = Counter(short(row.subject) for row in rows)
    return [
        _line(_called(row) if row.kind in (*WHOLE, RUNNER) or shorts[short(row.subject)] > 1 else short(row.subject))
        for row in rows
    ]


def _called(row: Row) -> str:
    """A target by its name, a part of this machine in words."""
    return by_text(row.subject, "of this machine") if row.kind == RUNNER else row.subject


def _line(text: str) -> str:
    return foreign(redact(in_words(text)), LONGEST)


def _plain(text: str) -> str:
    return foreign(redact(plain(text)), LONGEST)


def json(rows: Iterable[Row], code: int) -> str:
    """The same for programs."""
    rows = tuple(rows)
    document = {
        "schema": SCHEMA,
        "exit": code,
        "interrupted": code == INTERRUPTED,
        "rows": [
            {"subject": _plain(row.subject), "kind": row.kind, "steps": [_step(step, row) for step in row.steps]}
            for row in rows
        ],
    }
    return inert_json(encoder.dumps(document, ensure_ascii=True, indent=1)) + "\n"


def _step(step: Step, row: Row) -> dict[str, object]:
    return {
        "step": step.name,
        "state": step.state,
        "text": _plain(step.text),
        "kind": step.advice.kind,
        "advice": _plain(step.advice.for_target(row.subject)),
        "facts": list(map(_plain, step.facts)),
    }


def code_of(rows: Iterable[Row], *, interrupted: bool) -> int:
    """How the command ends."""
    if interrupted:
        return INTERRUPTED
    return INCOMPLETE if any(row.wrong for row in rows) else READY


def last_line(rows: Iterable[Row]) -> str:
    """The whole in a sentence."""
    wrong = sum(row.wrong for row in rows)
    return (
        plural(
            wrong,
            "something would be missing from a scan: {number} of these lines says what",
            "something would be missing from a scan: {number} of these lines say what",
        )
        if wrong
        else tell("a scan can begin")
    )
