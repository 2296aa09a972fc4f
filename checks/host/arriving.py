"""What other planned sources bring to the destination of a route."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from checks.common.parts import listing
from checks.common.ways import routes_to
from scanner.api import Subject, View, tell


@dataclass(frozen=True, slots=True)
class Beside:
    """What the other sources of a destination bring together."""

    total: int
    named: str
    """who brings something"""
    note: str
    """whose share could not be told, so that it may be more"""


def beside(route: Subject, view: View, totals: Mapping[str, int | None], *, machines: bool = True) -> Beside:
    """What the other sources of a route's destination bring, by what each host has in all.

    Args:
        route: the direction that is judged.
        view: of the check.
        totals: what the hosts have; nothing of one that could not be told.
        machines: only of plans that move machines.
    """
    sources = dict.fromkeys(
        way.source
        for way in routes_to(view, route.destination)
        if way.source != route.source and (way.machines or not machines)
    )
    untold = [source for source in sources if totals.get(source) is None]
    bring = {source: total for source in sources if (total := totals.get(source))}
    note = tell("what comes from {untold} could not be told", untold=listing(untold)) if untold else ""
    return Beside(sum(bring.values()), listing(bring), note)
