"""Whom a finding bears upon: the moves that it can stop."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """Whom a finding bears upon, by the part that its subject has in a move."""

    SOURCE = "the moves that start on the host"
    DESTINATION = "the moves that end on the host"
    EITHER_END = "the moves that start or end on the host"
    ROUTE = "the moves from one host to the other"
    PAIR = "the moves between the two hosts, in both directions"
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
