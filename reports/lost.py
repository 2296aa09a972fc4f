"""What kept many verdicts from being given, a cause at a time: whom it hit, what it costs, what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rich.console import Console
from rich.text import Text

from reports.names import Names
from reports.summary import NAMED
from reports.terminal_moves import hanging
from reports.text import LINE, one_line
from scanner.api import Finding, Gap, Lost, Report, counted

SIDE = 10
"""Columns before the fields of an entry, as of every other one on the terminal."""


def told(report: Report) -> Callable[[Finding], bool]:
    """Whether all that a finding lacks is told as lost: then nothing more is to be said of it.

    Unless its note names none of it: then it says something else, which is told nowhere but there.
    """
    known = {gap for lost in report.lost for gap in lost.gaps}
    seen: dict[int, bool] = {}  # findings share their gaps

    def is_known(gap: Gap) -> bool:
        if id(gap) not in seen:
            seen[id(gap)] = gap in known
        return seen[id(gap)]

    return lambda one: all(map(is_known, one.lacks)) and any(str(gap) in one.note for gap in one.lacks)


def costs(lost: Lost) -> str:
    """``costs 22 verdicts``."""
    return f"costs {counted(lost.verdicts, 'verdict')}"


def whom(lost: Lost, names: Names) -> str:
    """The targets in a few words: ``hv01, hv02``, ``12 hosts``."""
    return one_line(names.targets(lost.targets))


def some_checks(lost: Lost) -> str:
    """``DEL-01, DEL-02, ... 20 more``."""
    more = [f"{len(lost.checks) - NAMED:,} more"] if len(lost.checks) > NAMED else []
    return ", ".join([*map(one_line, lost.checks[:NAMED]), *more])


def chapter(report: Report, names: Names, console: Console) -> Iterator[Text]:
    """The causes on a terminal."""
    for lost in report.lost:
        head = Text("? ", "bold magenta")
        what = Text(whom(lost, names), "bold").append(f"   {one_line(lost.cause)}   {costs(lost)}", "not bold")
        yield from hanging(head, what, console)
        for word, text in (("do", one_line(lost.advice, LINE)), ("checks", some_checks(lost))):
            if text:
                yield from hanging(Text(" " * SIDE).append(word.ljust(8), "dim"), Text(text), console)
    if report.lost:
        yield Text()
