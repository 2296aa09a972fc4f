"""The paths of first copies that are carried by hand as subjects, and each host with the machines of them."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.judge.subjects import NO_HOST
from scanner.words.evidence import Evidence
from scanner.words.scope import Case, Scope, no_subject
from scanner.words.telling import tell

NO_OFFLINE = tell("the estate plans no first copies that are carried by hand ([offline])")


def shares(scope: Scope, evidence: Evidence) -> Iterator[Case]:
    """The paths for offline replication, as the estate declares them."""
    yield from (scope.of(path.name) for path in evidence.estate.offline_paths)
    if not evidence.estate.offline_paths:
        yield no_subject(NO_OFFLINE)


def hosts_and_shares(scope: Scope, evidence: Evidence) -> Iterator[Case]:
    """Every host with the machine of each of these paths; what sends nothing needs nothing there."""
    estate = evidence.estate
    machines = dict.fromkeys(path.server for path in estate.offline_paths)
    starts = {route.source for route in estate.routes} if estate.routes else {*estate.hosts}
    for host in estate.hosts if machines else ():
        for machine in machines:
            case = scope.of(host, machine)
            yield case if host in starts else case.not_applicable(tell("no planned route starts here"))
    if not (machines and estate.hosts):
        yield no_subject(NO_HOST if machines else NO_OFFLINE)
