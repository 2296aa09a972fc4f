"""Kerberos, and so live migration between hosts without a cluster, needs hosts that are members of a domain.

Passes when Windows says that the host is joined to an Active Directory domain. A host of a work group fails; where
only Hyper-V Replica is planned and certificates sign in, it is a warning, since Replica itself needs no directory.
"""

from __future__ import annotations

from scanner.api import Profile, Severity, Subject, Verdict, View, check, failed, passed, powershell, scopes, warned
from scanner.facts.host import ComputerSystem


@check(
    id="ID-01",
    title="Host is joined to an Active Directory domain",
    severity=Severity.CRITICAL,
    profiles=(Profile.LIVE_MIGRATION, Profile.REPLICA, Profile.ASR_VMM),
    scope=scopes.HOST,
    seed="S0-S3 #requirements-for-setting-up-live-migration",
    needs=(ComputerSystem,),
    remedy="Join the host to a domain that the other hosts trust; it restarts.",
)
def domain_joined(host: Subject, view: View) -> Verdict:
    """Judge one host."""
    system = view.one(ComputerSystem, host.host)
    if system.part_of_domain:
        return passed(f"member of {system.domain}")
    seen, wanted = f"not joined; work group {system.domain}", "member of an Active Directory domain"
    remedy = powershell(
        "Add-Computer -ComputerName <host> -DomainName 'your.domain' -Restart  # restarts", host=host.host
    )
    certificate = view.estate.replica.authentication == "certificate"
    if Profile.LIVE_MIGRATION not in view.estate.profiles and certificate:
        return warned(seen, wanted, remedy, note="replication with certificates does not need a domain")
    return failed(seen, wanted, remedy)
