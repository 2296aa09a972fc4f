"""A replica server takes replicas from the primaries it names, and refuses all others whatever they sign in with.

Passes when the destination takes replicas from every server (a note), or an entry is the source's full name, in any
case, or ``*.`` and the rest of it after its first label. Fails where no entry is about it. A ``*`` elsewhere than as
the first label matches nothing; one that would stand for several labels is UNKNOWN. A source that is a node of a
cluster sends in its broker's name, so an entry for the node is UNKNOWN. Of the entries a host's own record and the
module tell, both must agree (Microsoft Learn: New-VMReplicationAuthorizationEntry, AllowedPrimaryServer).
"""

from __future__ import annotations

from checks.common.brokers import NAMED_BY, replica_name
from checks.replica.authorised import ANY, authorised, entries_of
from scanner.api import Profile, Severity, Subject, Verdict, View, Who, check, scopes
from scanner.facts.replica_entries import ReplicaEntries
from scanner.facts.replication import ReplicationAuthorization


@check(
    id="REP-06",
    title="Primary server is authorised on the replica",
    fails="Replica server does not take replicas from the primary",
    severity=Severity.CRITICAL,
    who=Who.HOST,
    profiles=(Profile.REPLICA,),
    scope=scopes.ROUTE,
    seed="beyond seeds",
    needs=(ReplicationAuthorization, ReplicaEntries, *NAMED_BY),
    of_destination=(ReplicationAuthorization, ReplicaEntries),
    remedy="Name the primary, or the broker of its cluster, among the servers that the replica server takes.",
)
def primary_authorised(route: Subject, view: View) -> Verdict:
    """Judge one route."""
    source, host = route.source, route.destination
    name = source if ANY in entries_of(view, host) else replica_name(view, source)
    return authorised(view, host, source, name)
