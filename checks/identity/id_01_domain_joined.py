"""Kerberos, and so live migration between hosts without a cluster, needs hosts that are members of a domain.

Passes when Windows says that the host is joined to an Active Directory domain. A host of a work group fails, and so
does one whose computer account is disabled. Unknown is one of which its domain told no account of its NetBIOS name, or
was not read, whose account has keys of DES alone (off since Windows Server 2008 R2 unless a policy allows them), whose
Netlogon service does not run or was not read, and one that tells its membership in two ways that differ.
For Hyper-V Replica with certificates a work group is a warning, and no account is looked at: that needs no directory.
"""

from __future__ import annotations

from checks.identity.signing_in import by_account, contradiction
from scanner.api import (
    Profile,
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    check,
    failed,
    passed,
    quote,
    scopes,
    tell,
    unknown,
    warned,
)
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import ComputerSystem, Service


@check(
    id="ID-01",
    title="Host is joined to an Active Directory domain",
    fails="Host is in no domain, or its computer account is disabled",
    warns="Host is in a work group, and replication signs in with certificates",
    severity=Severity.CRITICAL,
    who=Who.DIRECTORY,
    profiles=(Profile.LIVE_MIGRATION, Profile.REPLICA, Profile.ASR_VMM),
    by_profile=True,
    scope=scopes.HOST,
    seed="S0-S3 #requirements-for-setting-up-live-migration",
    needs=(ComputerSystem, ComputerAccount, Service),
    remedy="Join the host to a domain that the other hosts trust; it restarts.",
)
def domain_joined(host: Subject, view: View) -> Verdict:
    """Judge one host for one kind of move."""
    system = view.one(ComputerSystem, host.host)
    certificate = view.profile is Profile.REPLICA and view.estate.replica.authentication == "certificate"
    doubt = contradiction(system)
    if doubt and not certificate:
        return unknown(doubt)
    if system.part_of_domain:
        return (
            passed(tell("member of {domain}", domain=system.domain))
            if certificate
            else by_account(view, host.host, system)
        )
    seen, wanted = (
        tell("not joined; work group {domain}", domain=system.domain),
        tell("member of an Active Directory domain"),
    )
    remedy = tell(
        "Join {host} to a domain that the other hosts are in or trust, as someone who may in that domain; it restarts.",
        host=quote(host.host),
    )
    if certificate:
        return warned(seen, wanted, remedy, works=tell("replication signs in with certificates, which need no domain"))
    return failed(seen, wanted, remedy)
