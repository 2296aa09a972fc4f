"""What kept many verdicts from being given, a cause at a time: whom it hit, what it costs, what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rich.console import Console
from rich.text import Text

from reports.names import Names
from reports.terminal_words import CHECKS, DO, entry, hanging, named_bold, some
from reports.text import LINE, one_line
from scanner.api import Finding, Gap, Lost, Report, counted, spoken, tell


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
    return tell("costs {verdicts}", verdicts=counted(lost.verdicts, "verdict"))


def whom(lost: Lost, names: Names) -> str:
    """The targets in a few words: ``hv01, hv02``, ``12 hosts``."""
    return one_line(names.targets(lost.targets))


def some_checks(lost: Lost) -> str:
    """``DEL-01, DEL-02, ... 20 more``."""
    return some(list(map(one_line, lost.checks)))


def chapter(report: Report, names: Names, console: Console) -> Iterator[Text]:
    """The causes on a terminal."""
    for lost in report.lost:
        what = named_bold(whom(lost, names), f"{one_line(lost.cause)}   {spoken(costs(lost))}")
        yield from hanging(Text("? ", "bold magenta"), what, console)
        yield from entry(DO, lost.advice, console, LINE)
        yield from entry(CHECKS, some_checks(lost), console, LINE)
    if report.lost:
        yield Text()
