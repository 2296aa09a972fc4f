"""May a source delegate cifs to the file servers that hold its virtual disks? The name in the path is what counts."""

from __future__ import annotations

from checks.common.disks import lying
from checks.common.parts import clip
from checks.delegation.account import Member, member
from checks.delegation.coverage import CIFS, EVERYONE
from checks.delegation.guard import unless_guarded
from scanner.api import MissingEvidence, Verdict, View, failed, not_applicable, passed, unknown, warned, worst
from scanner.facts.directory import ComputerAccount


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


def _of(view: View, giver: Member, server: str) -> Verdict:
    name = f"{CIFS}/{clip(server)}"
    if f"{CIFS}/{server}" in {entry.strip().lower() for entry in giver.account.delegates_to}:
        return passed(f"{giver.short} lists {name}")
    seen, wanted = f"{giver.short} does not list {name}", f"{name} in msDS-AllowedToDelegateTo of {giver.short}"
    if giver.account.unconstrained:
        works = f"{giver.short} may delegate to any service, and Credential Guard does not block it there"
        return unless_guarded(view, giver.host, warned(seen, wanted, works=works))
    found = [row for row in view.rows(ComputerAccount, giver.domain) if _is(row, server, giver.domain)]
    if len(found) != 1:
        return unknown(f"{seen}, and no single account of {giver.domain} is that of {clip(server)}", wanted=wanted)
    return _by_resource(giver, found[0], seen, wanted)


def _by_resource(giver: Member, server: ComputerAccount, seen: str, wanted: str) -> Verdict:
    sids = {giver.account.sid, *giver.account.group_sids, *EVERYONE}
    if not server.has_resource_delegation:
        return failed(seen, f"{wanted}, or {giver.short} named on the account of that server")
    if sids.isdisjoint(server.allowed_sids) or not sids.isdisjoint(server.denied_sids):
        why = "whether the list on that server's account covers it (groups, deny entries) is not judged"
        return unknown(f"{seen}; {why}", wanted=wanted)
    return passed(f"the account of that server names {giver.short}")


def _is(row: ComputerAccount, server: str, domain: str) -> bool:
    short, _, suffix = server.partition(".")
    same = row.dns_name.lower().rstrip(".") == server
    return same or (suffix in ("", domain) and row.sam_name.lower() == f"{short}$")
