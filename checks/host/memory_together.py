"""Whether all machines that come to a host fit into its memory together, each of which fits by itself."""

from __future__ import annotations

from checks.host.arriving import beside
from checks.host.memory_needs import GIB, NEEDS, Needs, gib, totals
from scanner.api import Subject, Verdict, View, passed, warned

FITS = "each machine fits there by itself"


def together(route: Subject, view: View, own: Needs, free: int) -> Verdict:
    """Judge the machines of a route, and those of all planned sources of its destination.

    Args:
        route: the direction that is judged.
        view: of a check that declares ``NEEDS``.
        own: what the source's machines take.
        free: bytes that the destination has left.
    """
    reserve = view.estate.thresholds.memory_reserve_gib * GIB
    seen = f"{gib(free)} free; {own.told}"
    if own.total + reserve > free:
        return warned(seen, f"{gib(own.total)} and {gib(reserve)} in reserve", works=FITS, note=own.later)
    others = beside(route, view, view.across(NEEDS, totals))
    if own.total + others.total + reserve > free:
        seen = f"{seen}; those of {others.named} take {gib(others.total)} more"
        return warned(seen, "room for the machines of all planned sources", works=FITS, note=others.note)
    return passed(seen, note="; ".join(filter(None, (own.later, others.note))))
