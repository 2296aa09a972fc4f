"""May a host delegate cifs to the file servers that hold virtual disks? The name in the path is what counts.

A name on the host's list counts for a server of the host's own domain alone, which the server's account tells: it is
looked for by the name in the path, in the directory of the host's domain and of the one that the name ends with. Across
domains only the list on the server's account counts. The account must be enabled, hold the name, and deny the host
nothing. An address finds no account, and a domain's own name, as of a DFS namespace, tells no server.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.disks import is_local, lying
from checks.common.parts import clip
from checks.common.servers import literal_of
from checks.delegation.account import Member, dns_domain, member
from checks.delegation.coverage import CIFS, EVERYONE, may_be_in
from checks.delegation.guard import unless_guarded
from checks.delegation.named import accounts_called, asks_for, is_domain, unfound
from checks.delegation.remedies import enable
from scanner.api import (
    Ask,
    MissingEvidence,
    Verdict,
    View,
    failed,
    joined,
    not_applicable,
    passed,
    powershell,
    quote,
    tell,
    unknown,
    warned,
    worst,
)
from scanner.facts.network import IPAddress

BY_NAME = tell(
    "Let the paths of the machines' files call the file server by its full name; Kerberos finds none by address."
)
ADD = "Set-ADComputer -Identity <host> -Server <domain> -Add @{'msDS-AllowedToDelegateTo' = <names>}"


def file_servers_verdict(view: View, source: str, destination: str = "") -> Verdict:
    """Judge all of a source's, for itself, and for a destination that opens the disks because they stay there.

    The check must declare ``FORMS``, ``DISKS`` and ``NamedAccount``.

    Raises:
        MissingEvidence: the source's disks, an account or its domain could not be read.
    """
    where = lying(view, source)
    if where.unread:
        raise MissingEvidence(where.unread)
    if not where.servers:
        return not_applicable(tell("no virtual disk of {source} lies on a file server", source=source))
    plan = view.route(source, destination) or view.route(destination, source)
    hosts = (source, destination) if plan is not None and not plan.storage else (source,)
    return worst(server_verdict(view, host, server) for host in hosts for server in where.servers)


def servers_asked(view: View, host: str, *others: str) -> Iterator[Ask]:
    """The questions for the accounts of a host's file servers, as the host, or another that opens its disks, asks."""
    for one in (host, *others):
        yield from asks_for(view, one, lying(view, host).servers)


def server_verdict(view: View, host: str, server: str) -> Verdict:
    """May this host delegate cifs to this server? Needs the same facts, and raises likewise."""
    itself = is_local(view, host, server)
    if itself is None:
        raise MissingEvidence(str(view.ask(IPAddress, host)))
    if itself:
        return not_applicable(
            tell(
                "{server} is {host} itself, and its own share counts as a local disk (RCH-02)",
                server=clip(server),
                host=host,
            )
        )
    giver = member(view, host)
    if literal_of(server) is None:
        return _of(view, giver, server)
    seen = tell("files of virtual machines lie on {server}, which is an address", server=clip(server))
    if lists(giver, server):  # somebody meant it: TryIPSPN lets Windows 2016 and later ask for such names
        return unknown(
            tell(
                "{seen}; {short} lists it, and whether Windows there asks for such names is not read",
                seen=seen,
                short=giver.short,
            )
        )
    return failed(seen, tell("a name that Kerberos finds"), BY_NAME)


def lists(giver: Member, server: str) -> bool:
    """Whether the host's list holds cifs of this server, by this name."""
    return f"{CIFS}/{server}".lower() in {entry.strip().lower() for entry in giver.account.delegates_to}


def only_unconstrained(view: View, giver: Member, server: str) -> bool:
    """Whether a host reaches cifs of a server by delegation to any service alone."""
    found = accounts_called(view, giver, server)
    local = [taker for taker in found if dns_domain(taker.account.dn) == dns_domain(giver.account.dn)]
    open_ = giver.account.unconstrained and not lists(giver, server)
    return open_ and any(sids(giver).isdisjoint(taker.account.allowed_sids) for taker in local)


def _of(view: View, giver: Member, server: str) -> Verdict:
    name, listed = f"{CIFS}/{clip(server)}", lists(giver, server)
    seen = tell("{short} does not list {name}", short=giver.short, name=name)
    if listed:
        seen = tell("{short} lists {name}", short=giver.short, name=name)
    wanted = tell("{name} in msDS-AllowedToDelegateTo of {short}", name=name, short=giver.short)
    found = accounts_called(view, giver, server)
    if len(found) > 1:
        return unknown(
            tell("{seen}, and several accounts are called {server}", seen=seen, server=clip(server)), wanted=wanted
        )
    if not found and is_domain(view, giver, server):
        why = tell("the name of a domain, so of a DFS namespace: the servers behind its folders count")
        return unknown(tell("{seen}; {server} is {why}", seen=seen, server=clip(server), why=why), wanted=wanted)
    if not found:
        return unknown(tell("{seen}; {unfound}", seen=seen, unfound=unfound(view, giver, server)), wanted=wanted)
    (taker,) = found
    if taker.account.unread:
        return unknown(
            tell(
                "{seen}; {dn} could not be read whole: {unread}",
                seen=seen,
                dn=taker.account.dn,
                unread=taker.account.unread,
            ),
            wanted=wanted,
        )
    if taker.account.disabled:
        cure = enable(taker.account, taker.domain)
        return failed(
            tell("{seen}; {dn} is disabled", seen=seen, dn=taker.account.dn), tell("an enabled account"), cure
        )
    local = dns_domain(taker.account.dn) == dns_domain(giver.account.dn)
    if listed and local:
        return _contradicted(view, giver, taker, seen) or _both_forms(giver, taker, seen, wanted)
    if giver.account.unconstrained and local and sids(giver).isdisjoint(taker.account.allowed_sids):
        works = tell(
            "{short} may delegate to any service, and Credential Guard does not block it there", short=giver.short
        )
        return unless_guarded(view, giver.host, warned(seen, wanted, _add(giver, taker), works=works))
    return _by_resource(view, giver, taker, seen, wanted, local=local)


def _both_forms(giver: Member, server: Member, seen: str, wanted: str) -> Verdict:
    """The name in the path is on the list; whoever writes the server's other name into a path finds it missing."""
    lost = [name for name in _forms(server) if not lists(giver, name)]
    if not lost:
        return passed(seen)
    works = tell("the paths of the disks call the server by the name that is listed")
    more = joined(" and ", (f"{CIFS}/{name}" for name in lost))
    return warned(
        tell("{seen}, and not {more}", seen=seen, more=more),
        tell("{wanted}, and {more}", wanted=wanted, more=more),
        _add(giver, server),
        works=works,
    )


def _forms(server: Member) -> tuple[str, ...]:
    """What a path may call the server: as this one does, by its short and by its full name."""
    return tuple(filter(None, dict.fromkeys((server.host, server.short.lower(), server.account.dns_name))))


def _add(giver: Member, server: Member) -> str:
    names = tuple(f"{CIFS}/{name}" for name in _forms(server) if not lists(giver, name))
    return powershell(ADD, host=giver.account.dn, domain=giver.domain, names=names)


def _contradicted(view: View, giver: Member, server: Member, seen: str) -> Verdict | None:
    """What of a server's account speaks against a name that is listed, or a list that allows."""
    held = {name.strip().lower() for name in server.account.spns}
    if held.isdisjoint((f"{CIFS}/{server.fqdn}", f"host/{server.fqdn}")):
        return unknown(
            tell("{seen}, and {dn} does not hold that name, nor HOST for it", seen=seen, dn=server.account.dn)
        )
    denied = server.account.denied_sids
    if not sids(giver).isdisjoint(denied) or may_be_in(view, giver, server, denied):
        why = tell("denies it or a group it may be in; which of the two wins is not documented")
        return unknown(tell("{seen}, and the list on {dn} {why}", seen=seen, dn=server.account.dn, why=why))
    return None


def _by_resource(view: View, giver: Member, server: Member, seen: str, wanted: str, *, local: bool) -> Verdict:
    there = tell("{short} named on {dn}", short=giver.short, dn=server.account.dn)
    if local:
        wanted = tell("{wanted}, or {there}", wanted=wanted, there=there)
        cure = "" if _contradicted(view, giver, server, seen) else _add(giver, server)  # else the name would not help
    else:
        seen += tell("; {dn} is in another domain, where only the list on that account counts", dn=server.account.dn)
        wanted, cure = there, _name_there(giver, server)
    if sids(giver).isdisjoint(server.account.allowed_sids):
        if may_be_in(view, giver, server, server.account.allowed_sids):
            why = tell(
                "whether {short} is in a group that the list on that server's account names was not read",
                short=giver.short,
            )
            return unknown(tell("{seen}; {why}", seen=seen, why=why), wanted=wanted)
        return failed(seen, wanted, cure)
    named = tell("the account of that server names {short}", short=giver.short)
    return _contradicted(view, giver, server, named) or passed(named)


def _name_there(giver: Member, server: Member) -> str:
    return tell(
        "Have whoever administers {domain} add {host} to msDS-AllowedToActOnBehalfOfOtherIdentity of {server}, beside "
        "whom it names already: Set-ADComputer replaces the list.",
        domain=quote(server.domain),
        host=quote(giver.account.dn),
        server=quote(server.account.dn),
    )


def sids(host: Member) -> set[str]:
    """The SIDs under which an access list may name a host."""
    return {host.account.sid, *host.account.group_sids, *EVERYONE}
