"""Where disks move alone: they go by SMB, and what is about machines that move does not apply."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scanner.words.bearing import bearings_on, each_of
from scanner.words.estate import Route
from scanner.words.evidence import Evidence
from scanner.words.scope import Case, Scope
from scanner.words.telling import tell

ONLY_DISKS = tell("only disks move, and no virtual machine")


def of_machines(scope: Scope, cases: Iterable[Case], evidence: Evidence) -> Iterator[Case]:
    """The cases, those not applicable whose planned moves are of disks alone."""
    moved = _bearings(route for route in evidence.estate.routes if route.machines)
    only = _bearings(route for route in evidence.estate.routes if not route.machines) - moved - {()}
    for case in cases:
        ends = each_of(scope.bears(case)) if only and case.settled is None else ()
        alone = moved.isdisjoint(ends) and not only.isdisjoint(ends)
        yield case.not_applicable(ONLY_DISKS) if alone else case


def _bearings(routes: Iterable[Route]) -> set[tuple[str, ...]]:
    return {key for route in routes for key in bearings_on(route.source, route.destination)}
