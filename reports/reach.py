"""How far a verdict reaches: per kind of move, as far as checks judge, and never yet against real Windows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from scanner.api import (
    MOVES,
    UNPROVEN,
    NotJudged,
    Profile,
    ProfileState,
    Report,
    RouteState,
    counted,
    joined,
    tell,
    upper_first,
)


def kinds(profiles: Iterable[str]) -> str:
    """``live migration, Hyper-V Replica``: the kinds of move in words."""
    return joined(", ", (MOVES[Profile(profile)] for profile in profiles))


def kinds_of(report: Report, row: NotJudged) -> str:
    """The kinds of move that a passage is about, of those that were asked for; empty where it is all of them."""
    asked = [state.profile for state in report.readiness]
    found = [profile for profile in asked if profile in row.profiles]
    return kinds(found) if found != asked else ""


def reached(report: Report, state: ProfileState) -> str:
    """``26 of 60 checks``: how many of those that shall judge a kind of move do; empty once none is missing."""
    there, whole = report.reach(state.profile)
    return tell("{there} of {checks}", there=there, checks=counted(whole, "check")) if there < whole else ""


def as_far_as(report: Report) -> str:
    """``as far as judged: 26 of 60 checks of live migration``; empty once no check is missing."""
    found = [(reached(report, state), MOVES[state.profile]) for state in report.readiness]
    parts = [tell("{checks} of {move}", checks=checks, move=move) for checks, move in found if checks]
    return tell("as far as judged: {parts}", parts=joined(", ", parts)) if parts else ""


def never(report: Report) -> int:
    """How many passages no check can ever judge."""
    return sum(not row.ever for row in report.not_judged)


def limits(report: Report) -> tuple[str, ...]:
    """What a reader of a verdict has to know of it, each a sentence without its full stop."""
    told, passages = as_far_as(report), never(report)
    look = tell(
        "Not judged by any check, ever: {passages} (hv-preflight checks --not-judged)",
        passages=counted(passages, "passage"),
    )
    return tuple(
        filter(None, (*report.besides, *report.accepted, upper_first(told), look if passages else "", UNPROVEN))
    )


def differ(route: RouteState, report: Report) -> bool:
    """Whether the kinds of move are not all as ready, or the route is not planned for each."""
    return len({state.verdict for state in route.profiles}) > 1 or len(route.profiles) < len(report.readiness)


def together(route: RouteState) -> list[tuple[str, ProfileState]]:
    """Kinds of move with the state of each; those of which the same is to be said are named together."""
    same: dict[ProfileState, list[str]] = {}
    for state in route.profiles:
        same.setdefault(replace(state, profile=Profile.LIVE_MIGRATION), []).append(state.profile)
    return [(kinds(found), state) for state, found in same.items()]


def stoppers(state: ProfileState) -> list[tuple[str, int]]:
    """The checks that stop a kind of move, each with the number of its findings."""
    return list(Counter(check for check, _ in state.blockers).items())
