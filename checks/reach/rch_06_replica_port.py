"""Replication sends every change to a port of the replica host, which must be open for the primary host.

The port is the one planned, else the destination's own for the planned authentication, else 8083 (Kerberos) or 8084
(certificate) with Site Recovery, else 80 or 443. Passes when the source connects. Fails when it does not; a port that
is refused while the destination does not receive replicas yet, or replication is still to be set up, is a warning.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from checks.common.probing import attempts, endpoint, probe, reached
from checks.reach.replica_port import open_port, receive, receives, replica_port
from scanner.api import Ask, Profile, Severity, Status, Subject, Verdict, View, check, scopes, unknown
from scanner.facts.network import EndpointProbe
from scanner.facts.replica import ReplicaBrokerSettings, ReplicationServer


def _asks(route: Subject, view: View) -> Iterator[Ask]:
    yield from attempts(route.source, endpoint(route.destination, replica_port(view, route.destination)))


@check(
    id="RCH-06",
    title="Replica port is reachable from primary to replica",
    severity=Severity.CRITICAL,
    profiles=(Profile.REPLICA, Profile.ASR_VMM),
    scope=scopes.ROUTE,
    seed="S4 #step-4-configure-cloud-protection-settings items 9-10",
    needs=(ReplicationServer, ReplicaBrokerSettings, EndpointProbe),
    asks=_asks,
    remedy="Let the destination receive replicas, and let their port in, in its firewall and on the way.",
)
def replica_port_reachable(route: Subject, view: View) -> Verdict:
    """Judge one route."""
    port = replica_port(view, route.destination)
    target = endpoint(route.destination, port)
    answer = probe(view, route.source, target)
    outcome = "" if isinstance(answer, str) else answer.outcome
    # a rule of the firewall helps where no answer came, and nowhere else
    rule = open_port(route.destination, port) if outcome == "TimedOut" else ""
    verdict = reached(view, route.source, target, remedy=rule)
    if outcome != "Refused":
        return verdict
    ready = receives(view, route.destination)
    if ready is None:
        return unknown(f"{verdict.seen}; whether the destination receives replicas is not known", wanted=verdict.wanted)
    command, note = receive(view, route.destination, port)
    if ready:
        return replace(verdict, remedy=command, note=note)
    notes = ("the listener appears once replication is set up there", note)
    return replace(verdict, status=Status.WARN, remedy=command, note="; ".join(filter(None, notes)))
