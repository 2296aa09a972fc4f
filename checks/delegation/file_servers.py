"""May a source delegate cifs to the file servers that hold its virtual disks? The name in the path is what counts.

A name on the source's list counts for a server of the source's own domain alone. The server's account tells its domain;
where that was not read, a server that is named like the domain or like the source is taken for one of it, and of any
other nobody knows. Across domains only the list on the server's account counts. An account that was read must be
enabled, hold the name, and deny the source nothing.
"""

from __future__ import annotations

from checks.common.disks import lying
from checks.common.parts import clip
from checks.delegation.account import Member, dns_domain, member
from checks.delegation.coverage import CIFS, EVERYONE, may_be_in
from checks.delegation.guard import unless_guarded
from checks.delegation.remedies import enable
from scanner.api import (
    Everything,
    MissingEvidence,
    Verdict,
    View,
    failed,
    not_applicable,
    passed,
    unknown,
    warned,
    worst,
)
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import NETBIOS

Known = dict[str, dict[ComputerAccount, str]]
"""Accounts by a name, each with the domain that told it."""


def file_servers_verdict(view: View, source: str) -> Verdict:
    """Judge all of them; the check must declare ``FORMS`` and ``DISKS``.

    Raises:
        MissingEvidence: the source's disks, its account or its domain could not be read.
    """
    where = lying(view, source)
    if where.unread:
        raise MissingEvidence(where.unread)
    if not where.servers:
        return not_applicable(f"no virtual disk of {source} lies on a file server")
    giver = member(view, source)
    return worst(_of(view, giver, server) for server in where.servers)


def server_verdict(view: View, source: str, server: str) -> Verdict:
    """Judge one server, by its name in a path; the check must declare ``FORMS``.

    Raises:
        MissingEvidence: the source's account or its domain could not be read.
    """
    return _of(view, member(view, source), server)


def _of(view: View, giver: Member, server: str) -> Verdict:
    name = f"{CIFS}/{clip(server)}"
    listed = f"{CIFS}/{server}" in {entry.strip().lower() for entry in giver.account.delegates_to}
    seen = f"{giver.short} {'lists' if listed else 'does not list'} {name}"
    wanted = f"{name} in msDS-AllowedToDelegateTo of {giver.short}"
    found = _accounts(view, giver, server)
    if len(found) > 1:
        return unknown(f"{seen}, and several accounts are called {clip(server)}", wanted=wanted)
    taker = next((Member(server, row.sam_name.rstrip("$"), server, of, row) for row, of in found.items()), None)
    if taker is not None and taker.account.unread:
        return unknown(f"{seen}; {taker.account.dn} could not be read whole: {taker.account.unread}", wanted=wanted)
    if taker is not None and taker.account.disabled:
        cure = enable(taker.account, taker.domain)
        return failed(f"{seen}; {taker.account.dn} is disabled", "an enabled account", cure)
    local = _alike(giver, server) if taker is None else dns_domain(taker.account.dn) == dns_domain(giver.account.dn)
    if listed and local:
        return _contradicted(view, giver, taker, seen) or passed(seen)
    if giver.account.unconstrained and local:
        works = f"{giver.short} may delegate to any service, and Credential Guard does not block it there"
        return unless_guarded(view, giver.host, warned(seen, wanted, works=works))
    if taker is None:
        why = (
            f"no single account of {giver.domain} is that of {clip(server)}, and a list counts within its domain alone"
        )
        return unknown(f"{seen}; {why}", wanted=wanted)
    there = f"{giver.short} named on {taker.account.dn}"
    if local:
        return _by_resource(view, giver, taker, seen, f"{wanted}, or {there}")
    seen = f"{seen}; {taker.account.dn} is in another domain, where only the list on that account counts"
    return _by_resource(view, giver, taker, seen, there)


def _alike(giver: Member, server: str) -> bool:
    """Whether a server of which no account was read is named like the domain, or like the source, or has no suffix."""
    return server.rstrip(".").partition(".")[2] in ("", dns_domain(giver.account.dn), giver.fqdn.partition(".")[2])


def _contradicted(view: View, giver: Member, server: Member | None, seen: str) -> Verdict | None:
    """What of a server's account speaks against a name that is listed, or a list that allows."""
    if server is None:
        return None
    held = {name.strip().lower() for name in server.account.spns}
    if held.isdisjoint((f"{CIFS}/{server.fqdn}", f"host/{server.fqdn}")):
        return unknown(f"{seen}, and {server.account.dn} does not hold that name, nor HOST for it")
    denied = server.account.denied_sids
    if not _sids(giver).isdisjoint(denied) or may_be_in(view, giver, server, denied):
        why = "denies it or a group it may be in; which of the two wins is not documented"
        return unknown(f"{seen}, and the list on {server.account.dn} {why}")
    return None


def _by_resource(view: View, giver: Member, server: Member, seen: str, wanted: str) -> Verdict:
    if not server.account.has_resource_delegation:
        return failed(seen, wanted)
    if _sids(giver).isdisjoint(server.account.allowed_sids):
        why = "whether the list on that server's account covers it (groups) is not judged"
        return unknown(f"{seen}; {why}", wanted=wanted)
    named = f"the account of that server names {giver.short}"
    return _contradicted(view, giver, server, named) or passed(named)


def _sids(host: Member) -> set[str]:
    return {host.account.sid, *host.account.group_sids, *EVERYONE}


def _accounts(view: View, giver: Member, server: str) -> dict[ComputerAccount, str]:
    """The accounts of a server: of the source's domain by either name, of others by the full one."""
    full, known = server.rstrip("."), view.across((ComputerAccount,), _known)
    short, _, suffix = full.partition(".")
    own = (giver.domain, dns_domain(giver.account.dn))
    by_sam = known.get(f"{short[:NETBIOS]}$", {}) if suffix in ("", *own) else {}
    found = {row: of for row, of in by_sam.items() if of in own} | known.get(full, {})
    for domain in dict.fromkeys(found.values()):
        view.rows(ComputerAccount, domain)  # so that the report names where it was read
    return found


def _known(everything: Everything) -> Known:
    """The accounts that domains tell, by full name and account name; what single controllers tell is not among them."""
    found: Known = {}
    for target, row in everything.rows(ComputerAccount):
        if target in (dns_domain(row.dn), dns_domain(row.dn).partition(".")[0]):
            for name in {row.dns_name.lower().rstrip("."), row.sam_name.lower()} - {""}:
                found.setdefault(name, {})[row] = target
    return found
