"""What is waived, on a terminal: a line a waiver and check, with whom it is about, until when and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.text import Text

from reports.names import Names
from reports.terminal_words import hanging, named_bold, padded, some
from reports.text import one_line
from reports.waived import accepted, mark
from scanner.api import Finding, Waiver

WIDE = 7
"""Columns of a check's id."""
TITLE = 120


def in_short(findings: Sequence[Finding], names: Names, console: Console) -> Iterator[Text]:
    """The findings that are waived, by waiver."""
    groups: dict[tuple[Waiver | None, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.waiver, accepted(finding)), []).append(finding)
    for group in groups.values():
        first = group[0]
        called = [one_line(names.called(finding), TITLE) for finding in group]
        head = Text("~", "bold cyan").append(f" {padded(one_line(first.check), WIDE)} ", "bold")
        yield from hanging(head, named_bold(some(called), mark(first)), console)
    if groups:
        yield Text()
