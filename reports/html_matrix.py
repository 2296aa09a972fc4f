"""The matrix of sources and destinations: of groups as they were declared, and of the hosts of each, or of all.

One that is nearly full is a table, in words while it is small and in signs beyond; one of which little is planned is a
list by source.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reports import groups
from reports.ahead import of_move
from reports.html_move_words import group_in_words, route_in_words
from reports.html_rows import route_id
from reports.names import Names
from reports.reach import differ
from reports.summary import route_counts
from reports.text import name_slug, one_line
from scanner.api import GroupState, ProfileState, Report, RouteState, joined, tell

IN_WORDS = 8
"""Up to so many destinations a table says in words what stops a move; beyond, in signs."""
SMALL = 16
"""Up to so many places a table is a table, however few of them are planned."""
FULL = 3
"""From a third of its places on a table is full enough to be one."""
LETTERS = {"ready": "R", "not ready": "N"}
NAME = 60
"""Characters shown of a name."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One move, from host to host or between groups."""

    state: RouteState | GroupState
    end: str
    """what its destination is called"""
    link: str
    letter: str
    reason: str
    """all of it on a line"""
    counts: str
    holds: str
    by_kind: Sequence[ProfileState] = ()
    """each kind of move, where they differ"""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Moves by source and destination."""

    title: str
    ends: Sequence[str]
    """what the destinations are called"""
    rows: Sequence[tuple[str, Sequence[Cell | None]]]
    """a source, and its move to each destination; none is None"""
    same: frozenset[tuple[int, int]]
    """places of what would be a move to itself, by row and column"""
    form: str
    """words, signs or list"""


@dataclass(frozen=True, slots=True)
class Opened:
    """The hosts of one move between groups."""

    id: str
    group: GroupState
    said: str
    matrix: Matrix


@dataclass(frozen=True, slots=True)
class Matrices:
    """All of them."""

    groups: Matrix | None
    opened: Sequence[Opened]
    """the hosts of each of its moves, shown on demand"""
    hosts: Matrix | None
    """what is planned between single hosts"""


def matrices(report: Report, names: Names) -> Matrices:
    """Groups first, where some were declared, and what is planned between single hosts beside them."""
    opened = [
        Opened(
            group_id(group),
            group,
            joined("; ", filter(None, (groups.tally(group.numbers), groups.narrowed(group)))),
            _of_routes(report, names, group.routes, tell("Readiness of {groups}", groups=groups.title(group, names))),
        )
        for group in report.groups
        if len(group.routes) > 1
    ]
    single = groups.alone(report)
    title = tell("Readiness of the moves between single hosts") if report.groups else tell("Readiness of the routes")
    return Matrices(
        groups=_of_groups(report, names) if report.groups else None,
        opened=opened,
        hosts=_of_routes(report, names, single, title) if single else None,
    )


def group_id(group: GroupState) -> str:
    """The place on the page of the hosts of a move between groups."""
    return f"group-{name_slug(group.source)}--{name_slug(group.destination)}"


def _of_routes(report: Report, names: Names, routes: Sequence[RouteState], title: str) -> Matrix:
    cells = {
        (route.source, route.destination): Cell(
            route,
            one_line(names.host(route.destination), NAME),
            route_id(route),
            LETTERS.get(route.verdict, "I"),
            one_line(route_in_words(report, names, route)),
            route_counts(route),
            of_move(report, route),
            route.profiles if differ(route, report) else (),
        )
        for route in routes
    }
    return _matrix(title, cells, names)


def _of_groups(report: Report, names: Names) -> Matrix:
    cells = {
        (group.source, group.destination): Cell(
            group,
            one_line(names.host(group.destination), NAME),
            group_id(group) if len(group.routes) > 1 else next(map(route_id, group.routes), ""),
            LETTERS.get(group.verdict, "I"),
            one_line(group_in_words(group, names)),
            groups.tally(group.numbers),
            groups.until_of(report, group),
            group.profiles if _kinds_differ(group, report) else (),
        )
        for group in report.groups
    }
    return _matrix(tell("Readiness of the moves between groups"), cells, names, itself=True)


def _kinds_differ(group: GroupState, report: Report) -> bool:
    return len({kind.verdict for kind in group.profiles}) > 1 or len(group.profiles) < len(report.readiness)


def _matrix(title: str, cells: dict[tuple[str, str], Cell], names: Names, *, itself: bool = False) -> Matrix:
    sources = list(dict.fromkeys(source for source, _ in cells))
    found = dict.fromkeys(end for _, end in cells)
    ends = [*(name for name in sources if name in found), *(name for name in found if name not in sources)]
    return Matrix(
        title=title,
        ends=_called(ends, names),
        rows=[
            (name, [cells.get((source, end)) for end in ends])
            for name, source in zip(_called(sources, names), sources, strict=True)
        ],
        same=frozenset()
        if itself
        else frozenset((row, ends.index(name)) for row, name in enumerate(sources) if name in found),
        form=_form(len(sources), len(ends), len(cells)),
    )


def _called(hosts: Iterable[str], names: Names) -> list[str]:
    return [one_line(names.host(name), NAME) for name in hosts]


def _form(sources: int, ends: int, planned: int) -> str:
    places = sources * ends
    line = min(sources, ends) == 1 and max(sources, ends) > IN_WORDS
    if line or (places > SMALL and planned * FULL < places):
        return "list"
    return "words" if ends <= IN_WORDS else "signs"
