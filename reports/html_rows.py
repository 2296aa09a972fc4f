"""What bears on one host, machine or network, for the page's lists of them; and where a move stands there."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby

from reports.summary import by_check
from reports.text import name_slug
from scanner.api import Finding, RouteState, Status

QUIET = (Status.PASS, Status.NOT_APPLICABLE)
LINKED = 3
"""So many findings of one check a row links one by one; the others follow these among the findings."""


@dataclass(slots=True)
class Row:
    """What bears on one subject: how many findings ended how, and those that want attention."""

    name: str
    key: str
    counts: Counter[str] = field(default_factory=Counter[str])
    loud: list[Finding] = field(default_factory=list[Finding])
    """of each check the first few"""
    numbers: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    """how many there are, by status and check"""

    def add(self, finding: Finding, *, link: bool = True) -> None:
        """Count a finding, and link it if it wants attention."""
        self.counts[finding.status.value] += 1
        if link and finding.status not in QUIET:
            kind = finding.status.value, finding.check
            self.numbers[kind] += 1
            if self.numbers[kind] <= LINKED + 1:
                self.loud.append(finding)

    def quiet(self) -> dict[str, int]:
        """How many findings need no attention."""
        return {status.value: self.counts[status.value] for status in QUIET if self.counts[status.value]}

    def by_status(self) -> list[tuple[Status, list[tuple[str, list[Finding], int]]]]:
        """What wants attention, worst first, by check: the first few, and how many there are."""
        return [
            (status, [(check, some, self.numbers[status.value, check]) for check, some in by_check(found)])
            for status, found in groupby(self.loud, key=lambda f: f.status)
        ]


def route_id(route: RouteState) -> str:
    """The place of a route's row on the page."""
    return f"route-{name_slug(route.source)}--{name_slug(route.destination)}"


def route_href(route: RouteState) -> str:
    """The same, as a link has it."""
    return f"#{route_id(route)}"
