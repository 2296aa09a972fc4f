"""How ready the moves are that were declared between groups: the worst of those from host to host that they mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from scanner.judge.tally import Tally, together
from scanner.words.bearing import Bearing, bearings_on
from scanner.words.estate import Estate
from scanner.words.exits import INCOMPLETE, NOT_READY, READY, WORDS
from scanner.words.groups import GroupKind, GroupState, Numbers
from scanner.words.model import Profile, Status
from scanner.words.readiness import ProfileState, RouteState

Pair = tuple[str, str]
WORST_FIRST = tuple(WORDS[code] for code in (NOT_READY, INCOMPLETE, READY))


def groups_of(
    estate: Estate,
    routes: Iterable[RouteState],
    found: Mapping[Bearing, Tally],
    several: Mapping[Bearing, Sequence[Bearing]],
) -> tuple[GroupState, ...]:
    """Every move that was declared between groups and that some route is of, in the order they were declared.

    Args:
        estate: tells the groups.
        routes: how ready each route is.
        found: what the findings come to, by whom they bear upon.
        several: bearings of several hosts, by each of them.
    """
    hosts = {group.name: group.hosts for group in estate.groups}
    means = {pair: (hosts.get(pair[0], pair[:1]), hosts.get(pair[1], pair[1:])) for pair in estate.group_routes}
    members: dict[Pair, list[RouteState]] = {pair: [] for pair in means}
    called: dict[str, list[str]] = {}
    for name in dict.fromkeys(name for pair in means for name in pair):
        for host in hosts.get(name, (name,)):
            called.setdefault(host, []).append(name)
    for route in routes if means else ():
        for pair in product(called.get(route.source, ()), called.get(route.destination, ())):
            if pair in members:
                members[pair].append(route)
    return tuple(_state(pair, *means[pair], some, found, several) for pair, some in members.items() if some)


def _state(
    pair: Pair,
    sources: tuple[str, ...],
    destinations: tuple[str, ...],
    routes: Sequence[RouteState],
    found: Mapping[Bearing, Tally],
    several: Mapping[Bearing, Sequence[Bearing]],
) -> GroupState:
    asked = [profile for profile in Profile if any(kind.profile is profile for kind in _kinds(routes))]
    whole = _tally(routes, frozenset(asked), found, several)
    return GroupState(
        source=pair[0],
        destination=pair[1],
        sources=sources,
        destinations=destinations,
        routes=tuple(routes),
        of=len(sources) * len(destinations) - len({*sources} & {*destinations}),
        profiles=tuple(_kind(profile, routes, found, several) for profile in asked),
        verdict=_worst(route.verdict for route in routes),
        numbers=_numbers(route.verdict for route in routes),
        blockers=whole.blockers,
        failed=whole.number(Status.FAIL),
        warned=whole.number(Status.WARN),
        unknown=whole.number(Status.UNKNOWN, Status.ERROR),
        waived=whole.of_waived,
    )


def _kind(
    profile: Profile,
    routes: Iterable[RouteState],
    found: Mapping[Bearing, Tally],
    several: Mapping[Bearing, Sequence[Bearing]],
) -> GroupKind:
    planned = [route for route in routes if any(kind.profile is profile for kind in route.profiles)]
    verdicts = [kind.verdict for kind in _kinds(planned) if kind.profile is profile]
    tally = _tally(planned, frozenset({profile}), found, several)
    return GroupKind(
        profile=profile,
        verdict=_worst(verdicts),
        numbers=_numbers(verdicts),
        blockers=tally.blockers,
        failed=tally.number(Status.FAIL),
        warned=tally.number(Status.WARN),
        unknown=tally.number(Status.UNKNOWN, Status.ERROR),
        waived=tally.of_waived,
    )


def _kinds(routes: Iterable[RouteState]) -> Iterator[ProfileState]:
    return (kind for route in routes for kind in route.profiles)


def _tally(
    routes: Iterable[RouteState],
    profiles: frozenset[Profile],
    found: Mapping[Bearing, Tally],
    several: Mapping[Bearing, Sequence[Bearing]],
) -> Tally:
    """What bears on any of these routes, each once."""
    bearings = dict.fromkeys(one for route in routes for one in bearings_on(route.source, route.destination))
    keys = dict.fromkeys((*bearings, *(key for one in bearings for key in several.get(one, ()))))
    return together(found[key] for key in keys if key in found).of(profiles)


def _worst(verdicts: Iterable[str]) -> str:
    return min(verdicts, key=WORST_FIRST.index)


def _numbers(verdicts: Iterable[str]) -> Numbers:
    count = Counter(verdicts)
    return Numbers(ready=count[WORDS[READY]], not_ready=count[WORDS[NOT_READY]], incomplete=count[WORDS[INCOMPLETE]])
