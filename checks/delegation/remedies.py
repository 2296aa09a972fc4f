"""The commands that complete delegation. Several findings print them, and they agree: none takes back another's."""

from __future__ import annotations

from collections.abc import Iterator

from checks.delegation.account import Member, dns_domain, member
from checks.delegation.coverage import Coverage
from scanner.api import Everything, MissingEvidence, View, joined, powershell, quote, tell
from scanner.facts.directory import ComputerAccount


def enable(account: ComputerAccount, domain: str) -> str:
    """The command that enables a computer account."""
    return powershell("Enable-ADAccount -Identity <dn> -Server <domain>", dn=account.dn, domain=domain)


def grant_names(found: Coverage) -> str:
    """The command that adds the missing names to the source's list."""
    return powershell(
        "Set-ADComputer -Identity <source> -Server <domain> -Add @{'msDS-AllowedToDelegateTo' = <names>}",
        source=found.source.account.dn,
        domain=found.source.domain,
        names=found.missing,
    )


def any_protocol(source: Member) -> str:
    """The command that sets "use any authentication protocol" and no other bit: a domain controller needs its own.

    The account of a read-only controller has the bit from its promotion, and is not changed by hand.
    """
    if source.account.read_only_controller:
        return tell(
            "Have whoever promoted the read-only domain controller {dn} look at its account: it lacks a bit that its "
            "promotion sets, and nobody sets it by hand. Until then start moves while signed in on it.",
            dn=quote(source.account.dn),
        )
    command = "Set-ADAccountControl -Identity <dn> -Server <domain> -TrustedToAuthForDelegation $true"
    return powershell(command, dn=source.account.dn, domain=source.domain)


def grant_resource(view: View, found: Coverage) -> str:
    """What names the source on the destination's account: a command, or words where that would drop what must stay.

    The cmdlet replaces the whole list, and with it every deny entry. So the command names who is there already and
    every host that a route joins with the destination; where it cannot, a person has to edit the list.
    """
    taker = found.destination
    hosts = sorted((found.source, *_partners(view, taker)), key=lambda host: host.host)
    named = {host.account.sid: host for host in hosts}
    kept = {sid: _principal(view, sid, taker) for sid in taker.account.allowed_sids if sid not in named}
    lost = [sid for sid in taker.account.denied_sids if sid not in named] + [s for s, text in kept.items() if not text]
    if lost:
        return tell(
            "Have whoever administers {there} edit msDS-AllowedToActOnBehalfOfOtherIdentity of {destination} itself: "
            "an allow entry and no deny entry for {sids}. Set-ADComputer replaces the list and would drop {lost}.",
            there=quote(taker.domain),
            destination=quote(taker.account.dn),
            sids=joined(", ", map(quote, named)),
            lost=joined(", ", map(quote, dict.fromkeys(lost))),
        )
    principals = [_computer(host.account.dn, host.domain) for host in named.values()] + list(kept.values())
    command = powershell(
        "Set-ADComputer -Identity <destination> -Server <there> -PrincipalsAllowedToDelegateToAccount ",
        destination=taker.account.dn,
        there=taker.domain,
    )
    return f"{command}{', '.join(principals)}  # the whole list, as it is replaced"


def _computer(dn: str, domain: str) -> str:
    return powershell("(Get-ADComputer -Identity <dn> -Server <domain>)", dn=dn, domain=domain)


def _partners(view: View, taker: Member) -> Iterator[Member]:
    """The hosts that a route joins with this one, in either direction: each shall be able to move machines back."""
    ends = {
        (route.source, route.destination)
        for route in view.estate.routes
        if taker.host in (route.source, route.destination)
    }
    for host in sorted({name for pair in ends for name in pair} - {taker.host}):
        try:
            yield member(view, host)
        except MissingEvidence:
            continue  # it has no account that could be named, or none is known yet


def _principal(view: View, sid: str, taker: Member) -> str:
    """How the command names who is on the list; empty if it cannot."""
    dn = view.across((ComputerAccount,), names_by_sid).get(sid, "")
    if dn:
        return _computer(dn, dns_domain(dn))
    local = sid.rpartition("-")[0] == taker.account.sid.rpartition("-")[0]
    return powershell("<sid>", sid=sid) if local else ""


def names_by_sid(everything: Everything) -> dict[str, str]:
    """The distinguished names of all accounts that were read, by SID."""
    return {row.sid: row.dn for _, row in everything.rows(ComputerAccount) if row.sid and not row.unread}
