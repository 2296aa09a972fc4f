"""Whoever signs in to a host that may delegate to any service leaves a ticket there with which it can act as them.

Passes when the bit 0x80000 of the account's userAccountControl is clear. A domain controller has it by nature (its
account has 0x2000; a read-only one 0x4000000 instead), and is not judged. Where it is set and no planned move rests on
it, it is a warning. Where it is the only way by which a planned move could sign in, it is a warning while Credential
Guard does not run on the source, fails where it does, and is unknown where nobody could see that.
"""

from __future__ import annotations

from dataclasses import replace

from checks.delegation.account import own_account
from checks.delegation.file_servers import servers_asked
from checks.delegation.guard import unless_guarded
from checks.delegation.unconstrained import rests_on_it
from checks.delegation.verdicts import ALL_PARTS, excused_with
from scanner.api import (
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    check,
    joined,
    not_applicable,
    passed,
    powershell,
    scopes,
    tell,
    warned,
)
from scanner.facts.delegation import NamedAccount
from scanner.facts.directory import FULL_CONTROLLER, READ_ONLY_CONTROLLER, TRUSTED_FOR_DELEGATION

CLEAR = "Set-ADAccountControl -Identity <dn> -Server <domain> -TrustedForDelegation $false"
NAMES_FIRST = tell("Complete the names on the list of the account first (DEL-01, DEL-02, DEL-03); then scan again.")
RISK = tell("whoever signs in to this host leaves a ticket with which it can act as them anywhere")


@check(
    id="DEL-07",
    title="No unconstrained delegation on Hyper-V hosts",
    fails="A planned move rests on unconstrained delegation, which Credential Guard blocks",
    warns="Host may delegate to any service",
    severity=Severity.HIGH,
    who=Who.DIRECTORY,
    scope=scopes.HOST,
    seed="S0-S3 #BKMK_Step1 / #use-the-users-and-computers-snap-in-… item 5",
    needs=(*ALL_PARTS, NamedAccount),
    asks=lambda host, view: servers_asked(view, host.host),
    remedy='Choose "Trust this computer for delegation to specified services only", with the names that moves need.',
)
def unconstrained(host: Subject, view: View) -> Verdict:
    """Judge one host."""
    ways = [way for way in view.estate.routes if host.host in (way.source, way.destination)]
    reason = excused_with(view, host.host, sorted({way.source for way in ways}))
    if reason:
        return reason
    system, account = own_account(view, host.host)
    control = tell(
        "userAccountControl of {system}: 0x{user_account_control}",
        system=system.name,
        user_account_control=f"{account.user_account_control:X}",
    )
    if account.user_account_control & (FULL_CONTROLLER | READ_ONLY_CONTROLLER):
        return not_applicable(
            tell("{control}, a domain controller, which may delegate to any service by nature", control=control)
        )
    if not account.unconstrained:
        return passed(
            tell(
                "{control}, without 0x{trusted_for_delegation}",
                control=control,
                trusted_for_delegation=f"{TRUSTED_FOR_DELEGATION:X}",
            )
        )
    seen = tell(
        "{control}, trusted for delegation to any service (0x{trusted_for_delegation})",
        control=control,
        trusted_for_delegation=f"{TRUSTED_FOR_DELEGATION:X}",
    )
    wanted = tell("delegation to named services only")
    only = [way.destination for way in ways if way.source == host.host and rests_on_it(view, way)]
    if not only:
        cure = powershell(CLEAR, dn=account.dn, domain=system.dns_domain)
        return warned(seen, wanted, cure, works=tell("no planned move rests on it"), note=RISK)
    works = tell(
        "{system} may delegate to any service, and Credential Guard does not block it there", system=system.name
    )
    verdict = warned(
        tell("{seen}; the only way to {only}", seen=seen, only=joined(", ", only)),
        wanted,
        NAMES_FIRST,
        works=works,
        note=RISK,
    )
    return replace(unless_guarded(view, host.host, verdict), remedy=NAMES_FIRST)
