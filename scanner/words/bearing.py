"""Whom a finding bears upon: the moves that it can stop."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum


class Role(StrEnum):
    """Whom a finding bears upon, by the part that its subject has in a move."""

    SOURCE = "the moves that start on the host"
    DESTINATION = "the moves that end on the host"
    EITHER_END = "the moves that start or end on the host"
    ROUTE = "the moves from one host to the other"
    PAIR = "the moves between the two hosts, in both directions"
    HOSTS = "the moves that start or end on one of its hosts; every move where nobody knows them"
    PROFILE = "every move of the check's profiles"
    RUN = "every move"


MACHINES = {Role.ROUTE: 2, Role.PAIR: 2, Role.SOURCE: 1, Role.DESTINATION: 1, Role.EITHER_END: 1}
"""How many machines a subject names at least, for a finding to bear upon their moves."""

Bearing = tuple[str, ...]
"""What a finding's subject has in common with the moves it can stop; empty: it bears on every move."""


def bearings_on(source: str, destination: str) -> tuple[Bearing, ...]:
    """The bearings of every finding that bears on the move from source to destination."""
    return (
        (Role.ROUTE, source, destination),
        (Role.PAIR, *sorted((source, destination))),
        (Role.SOURCE, source),
        (Role.DESTINATION, destination),
        (Role.EITHER_END, source),
        (Role.EITHER_END, destination),
        (),
    )


SEVERAL: Bearing = (Role.HOSTS,)
"""What the bearing of several hosts begins with."""


def of_hosts(*hosts: str) -> Bearing:
    """The bearing of what bears on the moves that start or end on one of these hosts; of none named, on every move."""
    if odd := [host for host in hosts if not isinstance(host, str)]:  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(f"the hosts whose moves something bears upon are text, not {odd[0]!r:.80}")
    named = sorted(set(hosts))
    return (Role.HOSTS if len(named) > 1 else Role.EITHER_END, *named) if named else ()


def bears_on(bearing: Bearing, source: str, destination: str) -> bool:
    """Whether what bears so bears on the move from source to destination."""
    if bearing[:1] == SEVERAL:
        return source in bearing[1:] or destination in bearing[1:]
    return bearing in bearings_on(source, destination)


def each_of(bearing: Bearing) -> tuple[Bearing, ...]:
    """What a bearing comes to: one of several hosts bears on the moves of each."""
    return tuple((Role.EITHER_END, host) for host in bearing[1:]) if bearing[:1] == SEVERAL else (bearing,)


def by_end(bearings: Iterable[Bearing]) -> Mapping[Bearing, Sequence[Bearing]]:
    """Those of several hosts, by what each comes to."""
    found: dict[Bearing, list[Bearing]] = {}
    for bearing in bearings:
        for one in each_of(bearing) if bearing[:1] == SEVERAL else ():
            found.setdefault(one, []).append(bearing)
    return found
