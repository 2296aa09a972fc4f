"""Moves as they were declared between groups, in words: what they are called, and how many of them are ready."""

from __future__ import annotations

from dataclasses import replace

from reports.ahead import holding
from reports.kinds_of_word import numbered, verdict
from reports.names import Names
from reports.text import one_line
from scanner.api import GroupKind, GroupState, Numbers, ProfileState, Report, RouteState, Until, counted, joined, tell

NAME = 60
"""Characters shown of a group's name."""
VERDICTS = ("not ready", "incomplete", "ready")


def title(group: GroupState, names: Names) -> str:
    """``berlin → munich``, ``within berlin``, and of the host of a route its short name."""
    here, there = (one_line(names.host(name), NAME) for name in (group.source, group.destination))
    return (
        tell("within {here}", here=here)
        if group.source == group.destination
        else tell("{here} → {there}", here=here, there=there)
    )


def tally(numbers: Numbers) -> str:
    """``1 of 4 moves ready, 2 not ready, 1 incomplete``; ``all 4 moves`` where they are alike; of one move nothing."""
    whole, ready = numbers.whole, numbers.ready
    if whole < 2:
        return ""
    if whole in (ready, numbers.not_ready, numbers.incomplete):
        return tell("all {whole:,} moves", whole=whole)
    others = ((numbers.not_ready, verdict("not ready")), (numbers.incomplete, verdict("incomplete")))
    parts = [numbered(number, word) for number, word in others if number]
    first = (
        tell("{ready} of {whole:,} moves ready", ready=ready, whole=whole)
        if ready
        else tell("none of {whole:,} moves ready", whole=whole)
    )
    return joined(", ", [first, *parts])


def narrowed(group: GroupState) -> str:
    """That not all of its moves were chosen; empty where they were."""
    there = len(group.routes)
    return (
        tell("{there:,} of its {moves} chosen", there=there, moves=counted(group.of, "move"))
        if there < group.of
        else ""
    )


def turn(report: Report, group: GroupState, kind: GroupKind | None = None) -> Until | None:
    """When a move that is ready is so no longer: as soon as one that it means is not. Of others nothing is told."""
    if (kind or group).verdict != "ready":
        return None
    profile = kind.profile if kind else ""
    found = [report.turns.of(route.source, route.destination, profile) for route in group.routes]
    ends = [until for until in found if until]
    first = min(ends, key=lambda until: until.time, default=None)
    if first is None:
        return None
    then = {until.verdict for until in ends if until.time == first.time}
    return replace(first, verdict=next((word for word in VERDICTS if word in then), first.verdict))


def until_of(report: Report, group: GroupState, kind: GroupKind | None = None, *, bare: bool = False) -> str:
    """``ready until 2026-12-03 09:00 UTC``; empty where it is said of all."""
    until, profile = turn(report, group, kind), kind.profile if kind else ""
    return holding(report, (kind or group).verdict, until, profile, bare=bare)


def of_kind(group: GroupState, profile: str) -> list[tuple[RouteState, ProfileState]]:
    """Its moves of one kind, worst first."""
    found = [(route, state) for route in group.routes for state in route.profiles if state.profile == profile]
    return sorted(found, key=lambda move: VERDICTS.index(move[1].verdict))


def alone(report: Report) -> tuple[RouteState, ...]:
    """The routes that no group's move means."""
    meant = {(route.source, route.destination) for group in report.groups for route in group.routes}
    return tuple(route for route in report.routes if (route.source, route.destination) not in meant)
