"""Kerberos finds a replica server by names that it registers itself; a broker's stand on its own computer object.

Passes when the destination's account alone holds "Hyper-V Replica Service" with its short and its full name, and so
does, on a cluster, the computer object of the broker with the broker's names: the primary host asks the broker, which
names a node. A name that is missing, or that another account holds, fails, and so does a broker's object that is
disabled or not there (0x8007052E). Unknown where the cluster has no broker (CLU-02) or the directory was not read.
With certificates, and for a host in no domain, it does not apply.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from checks.replica.planned import by_certificate
from checks.replica.service_names import NEEDS, broker_accounts, replica_names
from scanner.api import (
    Ask,
    MissingEvidence,
    Profile,
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    check,
    not_applicable,
    scopes,
    tell,
)
from scanner.facts.host import ComputerSystem


def _asks(host: Subject, view: View) -> Iterator[Ask]:
    with suppress(MissingEvidence):
        yield from () if by_certificate(view) else broker_accounts(view, host.host)


@check(
    id="REP-08",
    title="Replica SPNs registered (Kerberos)",
    fails="Replica SPNs are missing, held by another account, or of a disabled account",
    warns="A machine of another forest holds the same replica SPN",
    severity=Severity.CRITICAL,
    who=Who.HOST,
    follows=("CLU-02",),
    profiles=(Profile.REPLICA, Profile.ASR_VMM),
    scope=scopes.DESTINATION,
    seed="S4 #step-4-configure-cloud-protection-settings item 9",
    needs=NEEDS,
    asks=_asks,
    remedy="Let the host, or the cluster for its broker, register its names: they do so when they start.",
)
def replica_service_names(host: Subject, view: View) -> Verdict:
    """Judge one destination."""
    if by_certificate(view):
        return not_applicable(tell("replication is planned with certificates, which need no such names"))
    if not view.one(ComputerSystem, host.host).part_of_domain:
        return not_applicable(tell("{host} is in no domain; ID-01 judges that", host=host.host))
    return replica_names(view, host.host)
