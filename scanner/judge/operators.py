"""The accounts that start moves as subjects: each of them, and each on every host."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.judge.subjects import NO_HOST
from scanner.words.evidence import Evidence
from scanner.words.names import short
from scanner.words.scope import Case, Scope, no_subject
from scanner.words.telling import tell

NO_OPERATOR = tell("the estate names no operator")


def operators(scope: Scope, evidence: Evidence) -> Iterator[Case]:
    """The accounts that start moves, as the estate writes them."""
    yield from map(scope.of, evidence.estate.operators)
    if not evidence.estate.operators:
        yield no_subject(NO_OPERATOR)


def operators_on_hosts(scope: Scope, evidence: Evidence) -> Iterator[Case]:
    """Every operator on every host; where no route starts or ends there is nothing to judge."""
    estate = evidence.estate
    ends = {end for route in estate.routes for end in (route.source, route.destination)}
    for operator in estate.operators:
        for host in estate.hosts:
            case = scope.of(operator, host, label=tell("{operator} on {host}", operator=operator, host=short(host)))
            yield case if host in ends else case.not_applicable(tell("no planned route starts or ends here"))
    if not (estate.operators and estate.hosts):
        yield no_subject(NO_HOST if estate.operators else NO_OPERATOR)
