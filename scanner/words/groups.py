"""Groups of hosts and the moves between them as they were declared, and how ready those are.

A group is a name for hosts and decides nothing: what is judged are routes between hosts. Standard library only.
"""

from __future__ import annotations

from dataclasses import dataclass

from scanner.words.readiness import ProfileState, RouteState, State


@dataclass(frozen=True, slots=True)
class Group:
    """Hosts under one name."""

    name: str
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """How many moves from host to host are ready, and how many are not."""

    ready: int = 0
    not_ready: int = 0
    incomplete: int = 0

    @property
    def whole(self) -> int:
        """All of them."""
        return self.ready + self.not_ready + self.incomplete


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupKind(ProfileState):
    """One kind of move between two groups: the worst verdict of its moves, and what stands against any of them."""

    numbers: Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupState(State):
    """A move as it was declared, between groups or a group and a host, with the moves from host to host it means."""

    source: str
    """as it was declared: a group or a host"""
    destination: str
    sources: tuple[str, ...]
    destinations: tuple[str, ...]
    routes: tuple[RouteState, ...]
    of: int
    """so many moves it means; where the run was narrowed, more than there are ``routes``"""
    profiles: tuple[GroupKind, ...]
    numbers: Numbers

    @property
    def differs(self) -> bool:
        """Whether its moves are not all as ready as each other, in every kind of move."""
        ends = {(kind.profile, kind.verdict) for route in self.routes for kind in route.profiles}
        return len(ends) > len(self.profiles)
