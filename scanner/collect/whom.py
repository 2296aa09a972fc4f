"""Which hosts a fact is asked of: those alone of which a finding of the planned routes may read it.

A fact that was not asked is a gap like any other: it makes nobody green, and a verdict that would need it UNKNOWN. So
a mark that is too narrow costs a verdict and never makes a wrong one, as long as nobody takes silence for an answer:
what is read across hosts, or held against other answers before anybody judges, is asked of every host.
"""

from __future__ import annotations

from scanner.judge import settling
from scanner.words.bearing import Role
from scanner.words.check import Check
from scanner.words.estate import Estate
from scanner.words.model import Fact


def hosts_of(fact: type[Fact], check: Check, estate: Estate) -> frozenset[str]:
    """The hosts of which a check's fact is asked: as the check marks it, else as its scope says.

    A scope of sources needs it of them, one of destinations of those, one of routes or pairs of both, of the routes
    that are planned for a kind of move of the check; any other of every host. So is it asked where the evidence is
    settled by it.
    """
    every = frozenset(estate.hosts)
    if fact in check.of_all or fact.of_every_host or fact in settling.NEEDS:
        return every
    routes = estate.planned(check.profiles)
    starts = frozenset(route.source for route in routes)
    ends = frozenset(route.destination for route in routes)
    match fact in check.of_source, fact in check.of_destination:
        case True, False:
            return starts
        case False, True:
            return ends
        case True, True:
            return starts | ends
        case _:
            return _by_scope(check.scope.role, every, starts, ends)


def _by_scope(role: Role, every: frozenset[str], starts: frozenset[str], ends: frozenset[str]) -> frozenset[str]:
    match role:
        case Role.SOURCE:
            return starts
        case Role.DESTINATION:
            return ends
        case Role.ROUTE | Role.PAIR:
            return starts | ends
        case Role.EITHER_END | Role.HOSTS | Role.PROFILE | Role.RUN:
            return every
