"""The primary signs in on the replica server with Kerberos or with a certificate, and only what that allows works.

Passes when the destination, if it takes replicas at all (REP-01), allows the planned sign-in ([replica]
authentication), and when for Kerberos both hosts are in one domain or in domains that trust each other (as ID-02).
Else it fails. Before Site Recovery sets the hosts up, what they allow is not looked at. Kerberos encrypts nothing, so
an untrusted network on its way is a warning; with a certificate the way is encrypted, and REP-05 judges that.
"""

from __future__ import annotations

from checks.common.holders import HOLDERS
from checks.common.parts import combine
from checks.reach.replica_attempt import attempt
from checks.reach.replica_port import METHODS, allowed, planned_method, replica_port
from checks.reach.replica_taking import cure
from checks.replica.receiving import RECEIVING, REPLICATION, or_unknown, receiving, yet_to_be_set
from checks.replica.sign_in import by_kerberos, in_clear
from scanner.api import Severity, Subject, Verdict, View, Who, check, failed, not_applicable, passed, scopes, tell
from scanner.facts.directory import ComputerAccount, CrossRef, DomainInfo, Trust
from scanner.facts.network import ConnectionProfile, DefaultRoute, EndpointProbe
from scanner.facts.replica import KERBEROS, ReplicaBrokerSettings, ReplicationServer
from scanner.facts.replica_certificates import BrokerCertificate

NAMED = (ComputerAccount, CrossRef, DomainInfo, Trust)


@check(
    id="REP-02",
    title="Authentication type fits the environment",
    fails="Planned sign-in is not allowed on the replica server, or no trust carries it",
    warns="Replication crosses an untrusted network, and Kerberos does not encrypt it",
    severity=Severity.CRITICAL,
    who=Who.HOST,
    follows=("ID-01", "ID-02"),
    profiles=REPLICATION,
    scope=scopes.ROUTE,
    seed="S4 #step-4-configure-cloud-protection-settings item 9",
    needs=(*RECEIVING, *NAMED, *HOLDERS, ConnectionProfile, DefaultRoute, EndpointProbe),
    of_destination=(ReplicationServer, ReplicaBrokerSettings, BrokerCertificate),
    asks=attempt,
    remedy="Let the replica server allow the planned sign-in; plan certificates where Kerberos cannot sign in.",
    by_profile=True,
)
def authentication(route: Subject, view: View) -> Verdict:
    """Judge one route for one kind of move."""
    method, host = planned_method(view), route.destination
    parts: list[Verdict] = []
    if method == KERBEROS:
        parts += [or_unknown(by_kerberos, view, route.source, host), *in_clear(view, route)]
    if not yet_to_be_set(view):
        parts.append(or_unknown(_allowed, view, host, method))
    to_come = tell("Site Recovery allows certificates when it sets the hosts up")
    return combine(parts) if parts else not_applicable(to_come)


def _allowed(view: View, host: str, method: int) -> Verdict:
    found = receiving(view, host)
    if not all(one.enabled for one in found):
        return not_applicable(tell("{host} takes no replicas by any sign-in (REP-01)", host=host))
    lacking = [one for one in found if not one.authentication & method]
    if not lacking:
        return passed(tell("{host} allows {methods}", host=host, methods=METHODS[method]))
    return failed(
        tell("{host} allows {seen}", host=host, seen=allowed(lacking[0].authentication)),
        METHODS[method],
        cure(view, host, found, replica_port(view, host)),
    )
