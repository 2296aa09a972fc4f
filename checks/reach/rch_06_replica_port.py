"""Replication sends every change to a port of the replica host: its settings must take them, and the way be open.

The port is the one planned, else the destination's own for the planned sign-in; where Site Recovery has yet to set
the host up, 8083 (Kerberos) or 8084 (certificate), whatever the destination has until then. Passes when the
destination's settings say that it takes replicas with the planned sign-in on this port, and the source connects to it
and to no other machine. Fails when its settings say otherwise, whatever answers on the port, and when the source does
not connect. Before Site Recovery has set the hosts up (`[replica] configured = false`) a refused port is a warning,
and one that answers though the settings take no replicas is UNKNOWN: something else listens. So is a node of a
cluster, whose broker no fact names. Where two machines hold the address, the neighbour entry tells who answered, or a
certificate in the very name of the destination.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.holders import HOLDERS
from checks.common.parts import combine
from checks.common.probing import reached
from checks.reach.broker_way import BY_NAME, asks_broker, by_broker
from checks.reach.replica_attempt import attempt, attempted
from checks.reach.replica_port import SETTINGS, replica_port
from checks.reach.replica_rule import open_port
from checks.reach.replica_taking import takes_replicas, together
from scanner.api import Ask, Profile, Severity, Subject, Verdict, View, Who, check, scopes
from scanner.facts.host import ClusterInfo, ComputerSystem
from scanner.facts.network import EndpointProbe


def _asks(route: Subject, view: View) -> Iterator[Ask]:
    yield from attempt(route, view)
    yield from asks_broker(view, route)


@check(
    id="RCH-06",
    title="Replica port is reachable from primary to replica",
    fails="Replica port is out of the primary's reach, or the settings take no replicas on it",
    warns="Replica port is shut until Site Recovery sets the hosts up",
    severity=Severity.CRITICAL,
    who=Who.NETWORK,
    follows=("REP-01", "REP-02", "REP-03", "REP-04"),
    profiles=(Profile.REPLICA, Profile.ASR_VMM),
    scope=scopes.ROUTE,
    seed="S4 #step-4-configure-cloud-protection-settings items 9-10",
    needs=tuple(dict.fromkeys((*SETTINGS, *BY_NAME, *HOLDERS, EndpointProbe))),
    asks=_asks,
    of_destination=tuple(fact for fact in (*SETTINGS, *BY_NAME) if fact not in (ClusterInfo, ComputerSystem)),
    of_all=(ClusterInfo, ComputerSystem),
    remedy="Let the destination receive replicas, and let their port in, in its firewall and on the way.",
    by_profile=True,
)
def replica_port_reachable(route: Subject, view: View) -> Verdict:
    """Judge one route for one kind of move."""
    port = replica_port(view, route.destination)
    target, answer = attempted(view, route, port)
    outcome = "" if isinstance(answer, str) else answer.outcome
    # a rule of the firewall helps where no answer came, and nowhere else
    rule = open_port(view, route.source, route.destination, port) if outcome == "TimedOut" else ""
    way = reached(view, route.source, target, remedy=rule, destination=route.destination)
    taking = takes_replicas(view, route.destination, port, route.destination)
    own = together(view, taking, way, refused=outcome == "Refused")
    return combine((own, *by_broker(view, route)))
