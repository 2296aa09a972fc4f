"""The page of one estate: its runs, its routes over time, what changed last, what stands longest, what is waived."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import groupby, pairwise
from typing import Any

from reports.site_run import listed
from reports.site_words import Cell, cell, holds, of_what, said
from reports.text import short_name
from scanner.api import (
    Course,
    FindingTurn,
    PastEstate,
    PastFinding,
    PastRoute,
    PastRun,
    Status,
    Step,
    is_whole,
    move_of,
    tell,
)

Move = tuple[str, str, str]
COLUMNS = 30
"""So many runs are columns of the grid of routes."""
ROWS = 200
"""So many routes are rows of it."""
STRIP = 40
"""So many runs are cells of the strip."""
TABLE = 60
"""So many runs stand in the table at once; the others below it, closed."""
LATEST, STANDING, WAIVED = 30, 25, 50
VERDICTS = ("not ready", "incomplete", "ready")
ABSENT = Cell("none", "·", tell("not planned"))


@dataclass(frozen=True, slots=True)
class Row:
    """One run in a table."""

    run: PastRun
    said: str
    cell: Cell
    step: Step
    report: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One route over time."""

    route: PastRoute
    name: str
    cells: tuple[Cell, ...]
    """the newest run first"""
    turned: int

    @property
    def steady(self) -> bool:
        """Whether it was ready in all of them."""
        return all(one.words == "ready" for one in self.cells)

    @property
    def place(self) -> tuple[int, int, str, str]:
        """Those that stand worst come first, then those that turned most."""
        words = self.cells[0].words if self.cells else ""
        worst = VERDICTS.index(words) if words in VERDICTS else len(VERDICTS)
        return worst, -self.turned, self.name, self.route.profile


@dataclass(slots=True)
class Told:
    """What is known of an estate once its runs were gone through, the oldest first."""

    estate: PastEstate
    course: Course = field(default_factory=Course)
    rows: deque[Row] = field(default_factory=deque[Row])
    """the newest first"""
    latest: deque[tuple[PastRun, FindingTurn]] = field(
        default_factory=lambda: deque[tuple[PastRun, FindingTurn]](maxlen=LATEST)
    )
    changes: int = 0
    routes: dict[Move, PastRoute] = field(default_factory=dict[Move, PastRoute])
    verdicts: dict[Move, dict[int, str]] = field(default_factory=lambda: defaultdict[Move, dict[int, str]](dict))
    shown: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        """The runs that the grid shows."""
        self.shown = frozenset(run.number for run in [r for r in self.estate.runs if is_whole(r)][:COLUMNS])

    def take(self, run: PastRun, findings: tuple[PastFinding, ...], routes: tuple[PastRoute, ...]) -> Step:
        """The next run."""
        step = self.course.take(run, findings, routes)
        shape = cell(run.verdict, part=run.chosen)
        self.rows.appendleft(Row(run, said(run, findings), shape, step, run.number in self.estate.reports))
        self.latest.extend((run, turn) for turn in reversed(step.turns))
        self.changes += len(step.turns)
        for route in routes if run.number in self.shown else ():
            move = move_of(route)
            self.routes[move] = route
            self.verdicts[move][run.number] = route.verdict
        return step

    @property
    def last(self) -> Row | None:
        """The last whole run; where there is none, the last one."""
        whole = next((row for row in self.rows if is_whole(row.run)), None)
        return whole or (self.rows[0] if self.rows else None)

    def lines(self) -> list[Line]:
        """The routes, each over the runs that the grid shows."""
        names = called(name for route in self.routes.values() for name in (route.source, route.destination))
        columns = sorted(self.shown, key=[run.number for run in self.estate.runs].index)
        found: list[Line] = []
        for move, route in self.routes.items():
            verdicts = [self.verdicts[move].get(number, "") for number in columns]
            cells = tuple(cell(verdict) if verdict else ABSENT for verdict in verdicts)
            turned = sum(a != b for a, b in pairwise(filter(None, verdicts)))
            found.append(
                Line(
                    route,
                    tell("{names} → {names2}", names=names[route.source], names2=names[route.destination]),
                    cells,
                    turned,
                )
            )
        return sorted(found, key=lambda line: line.place)


def called(names: Iterable[str]) -> dict[str, str]:
    """What hosts are called where room is dear: by their first label, but where two share it."""
    every = dict.fromkeys(names)
    short: dict[str, list[str]] = defaultdict(list)
    for name in every:
        short[short_name(name)].append(name)
    return {name: label if len(those) == 1 else name for label, those in short.items() for name in those}


def words_of_estate(told: Told) -> dict[str, Any]:
    """What the page of an estate says."""
    course, rows = told.course, list(told.rows)
    failing = [one for one in course.findings.values() if one.status is Status.FAIL]
    waived = [one for one in course.findings.values() if one.waived]
    lines = told.lines()
    last = told.last
    return {
        "told": told,
        "estate": told.estate,
        "last": last,
        "holds": holds(last.run) if last else "",
        "strip_rows": rows[:STRIP],
        "rows": rows[:TABLE],
        "earlier": rows[TABLE:],
        "columns": [row.run for row in rows if row.run.number in told.shown],
        "lines": listed("routes", [line for line in lines if not line.steady], ROWS),
        "steady": listed("routes", [line for line in lines if line.steady], ROWS // 4),
        "kinds": len({line.route.profile for line in lines}) > 1,
        "whole_runs": sum(is_whole(row.run) for row in rows),
        "latest": _by_run(list(told.latest)[::-1]),
        "older": told.changes - len(told.latest),
        "standing": listed("failures", sorted(failing, key=lambda one: _age(course, one)), STANDING),
        "waived": listed("findings", sorted(waived, key=lambda one: (one.waived, one.check, one.name)), WAIVED),
        "since": partial(_since, course),
        "of_what": of_what,
    }


def _by_run(latest: Iterable[tuple[PastRun, FindingTurn]]) -> list[tuple[PastRun, list[FindingTurn]]]:
    """Changes under the run that each came with."""
    return [(run, [turn for _, turn in turns]) for run, turns in groupby(latest, key=lambda one: one[0])]


def _since(course: Course, finding: PastFinding) -> tuple[datetime, bool]:
    return course.since[finding.key]


def _age(course: Course, finding: PastFinding) -> tuple[datetime, int, str, str]:
    return course.since[finding.key][0], -finding.severity, finding.check, finding.name
