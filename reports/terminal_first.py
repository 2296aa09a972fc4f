"""What stands on a terminal between the routes and what is wrong: how long it holds, and what to do first."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from reports.ahead import holds, looks_ahead
from reports.first import first
from reports.names import Names
from reports.terminal_moves import hanging
from scanner.api import Report


def coming(report: Report, names: Names, console: Console) -> Iterator[Text]:
    """That it is a look ahead, until when verdicts hold, and the first actions; nothing where none is to be told."""
    ahead = looks_ahead(report)
    for line in filter(None, (ahead, *holds(report, names))):
        yield from hanging(Text("! ", "bold yellow"), Text(f"{line}.", "bold"), console)
    actions, rest = first(report, names)
    if actions:
        yield Text("What to do first:", "bold")
    width = max((len(action.who) for action in actions), default=0)
    for number, action in enumerate(actions, start=1):
        head = Text(f"{number} ").append(action.who.ljust(width + 2), "dim")
        what = f"{action.check} " if action.check else ""
        text = Text(f"{what}{action.about}", "bold").append(f"   {action.words} ", "not bold")
        yield from hanging(head, text.append(f"({action.frees})", "not bold dim"), console)
    if rest:
        yield from hanging(Text("  "), Text(f"… and {rest}: the JSON report lists them.", "dim"), console)
    if ahead or holds(report, names) or actions:
        yield Text()
