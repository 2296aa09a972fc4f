"""Replication sends every change to a port of the replica host, which must be open for the primary host.

The port is the one planned, else the destination's own for the planned authentication, else 8083 (Kerberos) or 8084
(certificate) with Site Recovery, else 80 or 443. Passes when the source connects. Fails when it does not; a port that
is refused while the destination does not receive replicas yet, or replication is still to be set up, is a warning.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from checks.reach.probing import ask, endpoint, probe, reached
from checks.reach.replica_port import open_port, receives, replica_port
from scanner.api import Ask, Profile, Scope, Severity, Status, Subject, Verdict, View, check, unknown
from scanner.facts.network import EndpointProbe
from scanner.facts.replica import ReplicaBrokerSettings, ReplicationServer


def _asks(route: Subject, view: View) -> Iterator[Ask]:
    yield from ask(route.source, endpoint(route.destination, replica_port(view, route.destination)))


@check(
    id="RCH-06",
    title="Replica port is reachable from primary to replica",
    severity=Severity.CRITICAL,
    profiles=(Profile.REPLICA, Profile.ASR_VMM),
    scope=Scope.ROUTE,
    seed="S4 #step-4-configure-cloud-protection-settings items 9-10",
    needs=(ReplicationServer, ReplicaBrokerSettings, EndpointProbe),
    asks=_asks,
    remedy="Let the replica port in on the destination, in its firewall and on the way.",
)
def replica_port_reachable(route: Subject, view: View) -> Verdict:
    """Judge one route."""
    port = replica_port(view, route.destination)
    target = endpoint(route.destination, port)
    verdict = reached(view, route.source, target, remedy=open_port(route.destination, port))
    answer = probe(view, route.source, target)
    if isinstance(answer, str) or answer.outcome != "Refused":
        return verdict
    ready = receives(view, route.destination)
    if ready is None:
        return unknown(f"{verdict.seen}; whether the destination receives replicas is not known", wanted=verdict.wanted)
    if ready:
        return verdict
    return replace(verdict, status=Status.WARN, note="the listener appears once replication is set up there")
