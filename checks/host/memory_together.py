"""Whether all machines that come to a host fit into its memory together, each of which fits by itself."""

from __future__ import annotations

from checks.host.arriving import beside
from checks.host.memory_needs import GIB, NEEDS, Needs, gib, totals
from scanner.api import Subject, Verdict, View, joined, passed, tell, warned

FITS = tell("each machine fits there by itself")


def together(route: Subject, view: View, own: Needs, free: int) -> Verdict:
    """Judge the machines of a route, and those of all planned sources of its destination.

    Args:
        route: the direction that is judged.
        view: of a check that declares ``NEEDS``.
        own: what the source's machines take.
        free: bytes that the destination has left.
    """
    reserve = view.estate.thresholds.memory_reserve_gib * GIB
    seen = tell("{gib} free; {told}", gib=gib(free), told=own.told)
    if own.total + reserve > free:
        return warned(
            seen, tell("{gib} and {gib2} in reserve", gib=gib(own.total), gib2=gib(reserve)), works=FITS, note=own.later
        )
    others = beside(route, view, view.across(NEEDS, totals))
    if own.total + others.total + reserve > free:
        seen = tell("{seen}; those of {named} take {gib} more", seen=seen, named=others.named, gib=gib(others.total))
        return warned(seen, tell("room for the machines of all planned sources"), works=FITS, note=others.note)
    return passed(seen, note=joined("; ", filter(None, (own.later, others.note))))
