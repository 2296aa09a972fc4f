"""Kerberos finds the destination's migration service by names that the service registers on the computer account.

Passes when the destination's account alone holds "Microsoft Virtual System Migration Service" with its short and its
full name, and the same two names for HOST (which stands for cifs) or for cifs itself. One name of two is a warning.
Neither name of the migration service fails, and so does neither name of HOST where disks or memory go by SMB. It
fails where
another account holds a name, too: a full one in any domain that was read, a short one in the forest. That a machine is
called the same in another forest, from which moves come, is a warning.
"""

from __future__ import annotations

from checks.common.disks import DISKS
from checks.delegation.account import member
from checks.delegation.coverage import CIFS, MIGRATION
from checks.delegation.service_names import HOST_NAMES, by_smb, holds, lacking, restart, shared
from checks.delegation.verdicts import ACCOUNTS, attempt, excused_with
from scanner.api import Severity, Subject, Verdict, View, check, passed, scopes, worst
from scanner.facts.directory import DomainInfo
from scanner.facts.host import ClusterInfo, Service


@check(
    id="DEL-08",
    title="Destination has registered its migration service",
    severity=Severity.CRITICAL,
    scope=scopes.DESTINATION,
    seed="S0-S3 #BKMK_Step1 / #use-the-users-and-computers-snap-in-… item 9",
    needs=(*ACCOUNTS, DomainInfo, Service, ClusterInfo, *DISKS),
    remedy="Take its names from other accounts; then restart its Virtual Machine Management service, to register them.",
)
def service_names(host: Subject, view: View) -> Verdict:
    """Judge one destination."""
    routes = [route for route in view.estate.routes if route.destination == host.host]
    reason = excused_with(view, host.host, [route.source for route in routes])
    if reason:
        return reason
    target = member(view, host.host)
    migration = target.spns(MIGRATION) if any(route.machines for route in routes) else ()
    cifs = (*target.spns("HOST"), *target.spns(CIFS))
    lost = [name for name in migration if not holds(target, name)]
    unnamed = [
        name
        for name, other in zip(target.spns("HOST"), target.spns(CIFS), strict=True)
        if not holds(target, name, other)
    ]
    seen = f"servicePrincipalName of {target.short}"
    parts = list(shared(view, target, (*migration, *cifs)))
    if lost:
        parts.append(lacking(seen, lost, migration, restart(view, target), moves=True))
    if unnamed:
        names = target.spns("HOST")
        parts.append(attempt(lambda: lacking(seen, unnamed, names, HOST_NAMES, moves=by_smb(view, routes))))
    return worst(parts) if parts else passed(f"{seen}: {', '.join(migration or target.spns('HOST'))}")
