"""Replicas come in on a port that http.sys listens on; what else holds it takes the connection in its place.

Passes when nothing but http.sys (process 4) or the service of Hyper-V holds the destination's port for the planned
sign-in, other than on loopback addresses, when it is listened on where the host says that it takes replicas, and when
both sign-ins that are allowed have a port each. Else it fails. IIS and WSUS share a port through http.sys, which is a
note. With Site Recovery, destinations of one source whose ports differ are UNKNOWN: it gives all hosts of a cloud one
port (S4, step 4), and what it does where they differ is not documented. Before it sets them up its port must be free.
"""

from __future__ import annotations

from checks.common.parts import combine
from checks.reach.replica_port import replica_port
from checks.replica.ports import agreeing, apart, free
from checks.replica.receiving import RECEIVING, REPLICATION, or_unknown, yet_to_be_set
from scanner.api import Profile, Severity, Subject, Verdict, View, Who, check, scopes
from scanner.facts.listening import ListeningPort


@check(
    id="REP-03",
    title="Listening ports agree and are free",
    fails="Replica port is held by another program, silent, or shared by two sign-ins",
    severity=Severity.HIGH,
    who=Who.HOST,
    profiles=REPLICATION,
    scope=scopes.DESTINATION,
    seed="S4 #step-4-configure-cloud-protection-settings item 10",
    needs=(*RECEIVING, ListeningPort),
    remedy="Free the port that replicas come in on, or plan another one; give each sign-in its own.",
    by_profile=True,
)
def ports(destination: Subject, view: View) -> Verdict:
    """Judge one destination for one kind of move."""
    host = destination.host
    parts = [or_unknown(free, view, host, replica_port(view, host))]
    if not yet_to_be_set(view):
        parts.append(or_unknown(apart, view, host))
        if view.profile is Profile.ASR_VMM:
            parts.append(or_unknown(agreeing, view, host))
    return combine(parts)
