"""The report as a table for a change board: the verdict, what to know of it, then every finding, worst first.

It begins with a byte order mark: without one, Excel takes the letters of UTF-8 for those of an old code page.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from reports.ahead import holds, looks_ahead
from reports.beside import beside
from reports.finding_rows import HEAD, Row, rows
from reports.names import Names
from reports.reach import MOVES, limits, reached
from reports.summary import moves_ready, route_counts, sentence
from reports.text import LONG, one_line
from scanner.api import Report, inert

MARK = "\ufeff"
BREAK = " ⏎ "
"""Stands for a line end in a command: a row is a line, and what was joined must not pass for a command to paste."""
SIGNS = "=+@\\-＝＋＠－"
BEGINS = re.compile(rf"[\s\"'“”]*[{SIGNS}]")
"""What a spreadsheet takes for the beginning of a formula, also behind quotes, which some take away."""
BEHIND = re.compile(rf"([;|]\s*[\"']?)(?=[{SIGNS}])")
"""The same behind a semicolon: where the comma is of decimals, Excel splits cells there."""
RUN = "SCAN-000"
"""What JUnit calls the case of the run, too."""


def render(report: Report) -> str:
    """The report as CSV, as RFC 4180 has it."""
    page, names = io.StringIO(), Names(report)
    table = csv.writer(page)
    table.writerow(HEAD)
    for row in (*_run(report, names), *rows(report, names)):
        table.writerow(map(_plain, row.cells))
    return MARK + inert(page.getvalue())


def _run(report: Report, names: Names) -> Iterator[Row]:
    """The verdict of the run and of each kind of move, and whatever stands beside it in every report."""
    ends = f"exit {report.exit_code} ({report.ending})"
    yield Row(status=report.verdict, check=RUN, headline=sentence(report), subject_kind="run", subject=ends)
    for state in report.readiness:
        told = (moves_ready(report, state.profile), route_counts(state), reached(report, state))
        words = "; ".join(filter(None, told))
        move = MOVES[state.profile]
        yield Row(status=state.said, check=RUN, headline=words, subject_kind="kind of move", subject=move, moves=move)
    notes = (looks_ahead(report), *holds(report, names, aloud=False), *beside(report, names), *limits(report))
    yield from (Row(status="note", check=RUN, headline=note, subject_kind="run") for note in notes if note)


def _plain(text: str) -> str:
    """A text on one line that no program takes for a formula: behind an apostrophe it is text."""
    line = BEHIND.sub(r"\1'", one_line(text.strip().replace("\n", BREAK), LONG * 2))
    return f"'{line}" if BEGINS.match(line) else line
