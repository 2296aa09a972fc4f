"""Replication by certificate signs in both ways: each end must hold one in its name that the other trusts.

The replica presents the certificate that it was told to use, a node of a cluster its own and its broker's; the primary
the one that its machines use on this way, else any in LocalMachine\\My that fits. On a cluster the name is the
broker's. Passes when each names its host (in the subject or among the DNS names, or by a wildcard for one label), is
valid for more than 30 days, is for servers and clients, has a private key for exchange or of CNG, and leads by verified
signatures to a root that the other end holds; and when that end does not look for revocation or reaches where it is
told. Fails where one of that is otherwise, as for a key for signatures alone, or for a certificate that names no list
of what was revoked, shown to a partner that looks for one. Less than 30 days, and a key that signs and does not
encipher, are warnings. Unknown: a certificate for any purpose or none, a list out of reach or in another forest's
directory, stores that were not read, a root of Microsoft's program that the partner would fetch, and among the roots of
the replica a certificate that another one signed, with which Windows refuses those of clients. With Kerberos, and
before Site Recovery makes its certificates, it does not apply. Sources: Set-VMReplicationServer, KB 2767928, KB
2802568, the vendor on Replica by certificate.
"""

from __future__ import annotations

from checks.replica.planned import without_certificates
from checks.replica.presented import DESTINATION, NEEDS, SOURCE, both_ends, looked_up
from scanner.api import Profile, Severity, Subject, Verdict, View, Who, check, not_applicable, scopes


@check(
    id="REP-05",
    title="Replica certificate valid (HTTPS)",
    fails="A certificate for replication is missing, unfit or not trusted by the partner",
    warns="A certificate for replication expires soon, or its key may not encipher",
    severity=Severity.CRITICAL,
    who=Who.HOST,
    profiles=(Profile.REPLICA, Profile.ASR_VMM),
    scope=scopes.ROUTE,
    seed="S4 #step-4-configure-cloud-protection-settings item 9",
    needs=NEEDS,
    of_source=SOURCE,
    of_destination=DESTINATION,
    asks=looked_up,
    by_profile=True,
    remedy="Give each end a certificate in its name, for server and client authentication, that the other one trusts.",
    ends="a certificate for replication expires",
    begins="a certificate for replication becomes valid",
)
def replica_certificate(route: Subject, view: View) -> Verdict:
    """Judge one route."""
    reason = without_certificates(view)
    return not_applicable(reason) if reason else both_ends(route, view)
