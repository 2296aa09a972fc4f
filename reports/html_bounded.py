"""Keeps the page to what a browser still takes: of very many findings it lists the first, failures before all others.

What is left out is told where it would stand, and on the first screen; the JSON report has all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from reports.html_alike import Alike
from reports.html_view import Chapter, anchor
from reports.reach import stoppers, together
from reports.summary import route_counts
from scanner.api import Finding, Report, RouteState, counted, tell

LIMIT = 60_000_000
"""octets of a page"""
MOST = 125_000
"""So many findings are listed one by one."""
LEAST = 100
LAST = ("unknown", "passed", "not-applicable")
"""The chapters that others go before, in this order."""
MANY = 4
"""From so many on, routes of which the same is to be said are told of together."""


def bounded(chapters: Sequence[Chapter], most: int = MOST) -> list[Chapter]:
    """The chapters, with no more findings than so many to be listed one by one."""
    made: dict[str, Chapter] = {}
    first = [chapter for chapter in chapters if chapter.id not in LAST]
    others = sorted((c for c in chapters if c.id in LAST), key=lambda chapter: LAST.index(chapter.id))
    for some in (first, *([chapter] for chapter in others)):
        share = _share([len(group.findings) for chapter in some for group in chapter.groups], most)
        for chapter in some:
            groups = [replace(group, shown=share) for group in chapter.groups]
            lists: list[list[Alike]] = []
            size = 0
            for subject in chapter.lists:
                size += sum(same.size for same in subject)
                if size <= most:
                    lists.append(subject)
            made[chapter.id] = Chapter(chapter.id, chapter.title, groups, lists)
            made[chapter.id].left = chapter.size - made[chapter.id].size
            most -= made[chapter.id].shown
    return [made[chapter.id] for chapter in chapters]


def _share(sizes: Sequence[int], most: int) -> int:
    """How many each may have at most, that all together have no more than so many."""
    left = most
    for place, size in enumerate(ordered := sorted(sizes)):
        share = max(0, left) // (len(ordered) - place)
        if size > share:
            return share
        left -= size
    return max(sizes, default=0)


class Anchors:
    """Where a link to a finding leads: to it, or where it is not listed, to the findings of its check."""

    def __init__(self, chapters: Sequence[Chapter]) -> None:
        groups = [group for chapter in chapters for group in chapter.groups]
        self._cut = any(group.left for group in groups)
        self._listed = {id(finding) for group in groups for finding in group.listed} if self._cut else set[int]()
        self._groups = {group.id for group in groups}

    def __call__(self, finding: Finding) -> str:
        """Its place on the page."""
        if not self._cut or id(finding) in self._listed:
            return anchor(finding)
        whole = f"{finding.status.lower()}-{finding.check}"
        kind = "-waived" if finding.waiver else "-follows" if finding.follows_from else ""
        return next((one for one in (whole + kind, whole) if one in self._groups), anchor(finding))

    def href(self, finding: Finding) -> str:
        """The same, as a link has it."""
        return f"#{self(finding)}"


def words(report: Report, chapters: Sequence[Chapter]) -> dict[str, Any]:
    """What the templates say of it."""
    anchors = Anchors(chapters)
    return {
        "anchor": anchors,
        "to": anchors.href,
        "alike_routes": routes(report),
        "cut": said(report, chapters),
    }


def said(report: Report, chapters: Iterable[Chapter]) -> str:
    """What is left out, in a sentence without its full stop; empty where nothing is."""
    chapters = list(chapters)
    left = sum(chapter.left for chapter in chapters) + sum(
        group.left for group in chain.from_iterable(chapter.groups for chapter in chapters)
    )
    if not left:
        return ""
    whole = counted(len(report.findings), "finding")
    listed = f"{len(report.findings) - left:,}"
    return tell(
        "Of {whole} this page lists {listed}, failures first; the JSON report and a folder "
        "of pages (--html DIR/) have all",
        whole=whole,
        listed=listed,
    )


@dataclass(frozen=True, slots=True)
class Routes:
    """Routes of which the same is to be said."""

    routes: Sequence[RouteState]


def routes(report: Report) -> list[Routes]:
    """The routes by what is to be said of them: many that say the same together, the others one by one."""
    same: dict[tuple[object, ...], list[RouteState]] = {}
    for route in report.routes:
        same.setdefault(_words(route), []).append(route)
    found: list[Routes] = []
    for some in same.values():
        found += [Routes(some)] if len(some) >= MANY else [Routes([route]) for route in some]
    return found


def _words(route: RouteState) -> tuple[object, ...]:
    states = ((named, s.verdict, s.said, tuple(stoppers(s)), route_counts(s)) for named, s in together(route))
    return (route.machines, bool(route.storage), *states)
