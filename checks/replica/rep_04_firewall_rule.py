"""Windows' firewall drops replicas for which no rule is active, and the rules that come with Hyper-V are off at first.

They know ports 80 and 443 only, whatever port the server uses. Passes when the source connects to the port, or when the
destination's firewall is off, or a rule lets the port in for http.sys, this source and this profile, and none keeps it
out. Fails where no rule lets it in, one keeps it out, or the profile keeps out all. Policies' settings and rules win. A
condition that is not plain decides nothing: UNKNOWN. So are an attempt without an answer that rules would let in, and
rules that would not where nobody tried. Before Site Recovery sets the hosts up a rule that is missing is a warning: it
opens the port itself (S4, step 4).
"""

from __future__ import annotations

from checks.common.firewall import FIREWALL
from checks.common.holders import HOLDERS
from checks.reach.replica_attempt import attempt
from checks.reach.replica_port import replica_port
from checks.replica.let_in import let_in
from checks.replica.receiving import RECEIVING, REPLICATION
from scanner.api import Severity, Subject, Verdict, View, Who, check, scopes
from scanner.facts.network import ConnectionProfile, EndpointProbe
from scanner.facts.replica import ReplicaBrokerSettings, ReplicationServer
from scanner.facts.replica_certificates import BrokerCertificate

ADMITTING = (*(fact for fact in FIREWALL if fact not in RECEIVING), ConnectionProfile)


@check(
    id="REP-04",
    title="A firewall rule admits the replica port",
    fails="Windows' firewall keeps the replica port shut",
    warns="Windows' firewall keeps the replica port shut until Site Recovery opens it",
    severity=Severity.HIGH,
    who=Who.HOST,
    profiles=REPLICATION,
    scope=scopes.ROUTE,
    seed="S4 #step-4-configure-cloud-protection-settings items 9-10",
    needs=(*RECEIVING, *ADMITTING, *HOLDERS, EndpointProbe),
    of_destination=(ReplicationServer, ReplicaBrokerSettings, BrokerCertificate, *ADMITTING),
    asks=attempt,
    remedy="Let the replica port in, by the rule that comes with Hyper-V or your own; by policy where that sets rules.",
    by_profile=True,
)
def firewall_rule(route: Subject, view: View) -> Verdict:
    """Judge one route for one kind of move."""
    return let_in(view, route, replica_port(view, route.destination))
