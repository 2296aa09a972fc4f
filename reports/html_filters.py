"""By what findings can be filtered on the page: what its controls offer, and what its script knows of each finding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from reports.html_rows import Row
from reports.html_view import Chapter
from reports.kinds_of_word import who as word_of
from reports.reach import MOVES
from reports.text import name_slug
from scanner.api import Finding, Profile, Report, Status, joined, tell

AREAS = {
    "ASR": tell("Site Recovery"),
    "CLU": tell("clusters"),
    "DEL": tell("delegation"),
    "HOST": tell("hosts"),
    "ID": tell("identity"),
    "KEY": tell("vault key"),
    "LM": tell("live migration"),
    "NET": tell("networks"),
    "OPR": tell("operator"),
    "RCH": tell("reachability"),
    "REP": tell("Hyper-V Replica"),
    "SHR": tell("shares"),
    "VM": tell("virtual machines"),
    "VMM": tell("VMM servers"),
}
"""What checks are about, by the beginning of their ids; others are offered by that beginning."""
ORDER = (Status.FAIL, Status.ERROR, Status.UNKNOWN, Status.WARN, Status.PASS, Status.NOT_APPLICABLE)
MOST = 1000
"""So many virtual machines are offered one by one; of more, the page is searched by name."""


def area(check: str) -> str:
    """The beginning of a check's id, which tells its area."""
    return check.partition("-")[0]


@dataclass(frozen=True, slots=True)
class Filters:
    """What the controls offer: values and what people call them. One value alone is no choice, and is not offered."""

    statuses: list[Status]
    actors: list[tuple[str, str]]
    areas: list[tuple[str, str]]
    kinds: list[tuple[str, str]]
    hosts: list[tuple[str, str]]
    machines: list[tuple[str, str]]
    checks: dict[str, tuple[int, str]]
    """of each check that is listed, its severity and who acts"""

    def kind(self, finding: Finding) -> str:
        """The kinds of move that a finding is about, as digits; empty where all are of one kind."""
        return "".join(digit for digit, name in self.kinds if Profile(name) in finding.profiles)


def filters(report: Report, chapters: Sequence[Chapter], hosts: Sequence[Row], machines: Sequence[Row]) -> Filters:
    """What the findings of these chapters can be filtered by."""
    of = {first.check: first for first in _firsts(chapters)}
    areas = sorted({area(check) for check in of})
    kinds = [(str(place), state.profile.value) for place, state in enumerate(report.readiness)]
    named = [(joined("--", map(name_slug, row.key.split("/"))), row.name) for row in machines]
    return Filters(
        statuses=[status for status in ORDER if report.counts.get(status.value)],
        actors=_choice([(who, word_of(who)) for who in sorted({first.who for first in of.values() if first.who})]),
        areas=_choice(
            [
                (name, tell("{areas} ({name})", areas=AREAS[name], name=name) if name in AREAS else name)
                for name in areas
            ]
        ),
        kinds=_choice(kinds),
        hosts=[(name_slug(row.key), row.name) for row in hosts],
        machines=sorted(named, key=lambda one: one[1].casefold()) if len(named) <= MOST else [],
        checks={check: (first.severity.value, first.who) for check, first in sorted(of.items())},
    )


def kind_word(profile: str) -> str:
    """What people call a kind of move."""
    return MOVES[Profile(profile)]


def _firsts(chapters: Sequence[Chapter]) -> Iterator[Finding]:
    for chapter in chapters:
        for some in chain(chapter.groups, chain.from_iterable(chapter.lists)):
            yield some.findings[0]


def _choice(values: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return values if len(values) > 1 else []
