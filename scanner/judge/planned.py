"""What is judged of each kind of move: the routes that are planned for it, and no other.

The estate is narrowed here and nowhere else: who the subjects are, what a check sees, and what the second round asks
follow from the evidence that this gives. So a route that is planned for one kind of move changes nothing of another,
but that what it brings may fill the same volume: so a check can look at the routes besides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from scanner.words.check import Check
from scanner.words.estate import Estate
from scanner.words.evidence import Evidence
from scanner.words.model import Profile

Turn = frozenset[Profile]
"""The kinds of move that one verdict is about."""


def turns_of(check: Check, estate: Estate) -> tuple[Turn, ...]:
    """All that are asked for, or one after the other."""
    asked = check.profiles & estate.profiles
    return tuple(frozenset({profile}) for profile in sorted(asked)) if each_alone(check, estate) else (asked,)


def each_alone(check: Check, estate: Estate) -> bool:
    """Whether each kind of move has a finding of its own: the check says so, or not all have the same routes.

    It follows from check and estate alone, and so does the identity of a finding, whatever was read.
    """
    asked = check.profiles & estate.profiles
    return check.by_profile or any(0 < len(estate.kinds_of(route) & asked) < len(asked) for route in estate.routes)


def parts_of(check: Check, evidence: Evidence) -> Iterator[tuple[Evidence, tuple[Turn, ...]]]:
    """What each turn sees of the evidence; turns that see the same together."""
    turns = turns_of(check, evidence.estate)
    if not _differ(evidence):
        yield evidence, turns
        return
    for turn in turns:
        yield seen_by(evidence, turn), (turn,)


def seen_by(evidence: Evidence, turn: Turn) -> Evidence:
    """What one turn sees of the evidence."""
    if not _differ(evidence):
        return evidence
    return evidence.once((parts_of, turn), lambda: _narrowed(evidence, turn))


def _differ(evidence: Evidence) -> bool:
    return evidence.once(_differ, lambda: any(route.profiles for route in evidence.estate.routes))


def _narrowed(evidence: Evidence, turn: Turn) -> Evidence:
    """The evidence with the routes alone that are planned for one of these kinds of move, as planned for each."""
    estate = evidence.estate
    routes = tuple(replace(route, profiles=frozenset()) for route in estate.planned(turn))
    made = evidence.amended(estate=replace(estate, routes=routes))
    others = (route for route in estate.routes if not estate.kinds_of(route) & turn)
    made.besides = tuple(replace(route, profiles=estate.kinds_of(route)) for route in others)
    return made
