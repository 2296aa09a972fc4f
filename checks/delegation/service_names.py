"""The service names of a host: which of them its account lacks, and who else holds them.

Kerberos finds no host by a name that nobody holds, or that two accounts hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checks.common.disks import disks_move
from checks.common.member import may_be_member
from checks.delegation.account import Member, dns_domain
from scanner.api import Everything, Gap, Route, Verdict, View, failed, powershell, warned
from scanner.facts.directory import ComputerAccount, DomainInfo
from scanner.facts.host import ComputerSystem, Service
from scanner.facts.hyperv import MigrationSettings

MOST = 4
"""names of other accounts that are told one by one"""
RESTART = (
    "Invoke-Command -ComputerName <host> -ScriptBlock { Restart-Service -Name vmms }"
    "  # machines run on; a move, backup or copy under way breaks off"
)
WITHOUT_ROLES = (
    "The Virtual Machine Management service registers them when it starts. On a node of a cluster it is part of what "
    "fails over: drain the node first, then restart it"
)
RENAME = "Two machines of one forest are called the same: rename one, or let it leave the forest"
FULL_NAME = "Call the destination by its full name in every tool that starts a move"
HOST_NAMES = (
    "Windows registers both names of HOST itself: restart the host. Where they stay away, events 5788 and 5789 of "
    "NETLOGON in its System log say why"
)


@dataclass(frozen=True, slots=True)
class Holder:
    """An account that holds a name, and how it writes it."""

    sid: str
    dn: str
    spn: str
    target: str
    """the domain or controller that told it"""


def holds(host: Member, *names: str) -> bool:
    """Whether the account of the host holds one of these names."""
    held = {name.strip().lower() for name in host.account.spns}
    return any(name.lower() in held for name in names)


def lacking(where: str, lost: list[str], names: tuple[str, ...], remedy: str, *, moves: bool) -> Verdict:
    """Names that an account lacks; one that is left can be used, and none is needed by what does not move."""
    seen, wanted = f"{where} lacks {', '.join(lost)}", " and ".join(names)
    left = [name for name in names if name not in lost]
    if left:
        works = f"the destination can be called by the name that is there, as in {left[0]}"
        return warned(seen, wanted, remedy, works=works, note="a move that uses the other name fails")
    if moves:
        return failed(seen, wanted, remedy)
    return warned(seen, wanted, remedy, works="nothing goes by SMB, and only that needs a name of HOST or cifs")


def by_smb(view: View, routes: Iterable[Route]) -> bool:
    """Whether anything comes by SMB, and so needs a name of HOST or cifs: memory where that is chosen, or disks.

    Raises:
        MissingEvidence: what tells it could not be read.
    """
    ways = list(routes)
    memory = [view.ask(MigrationSettings, way.source) for way in ways if way.machines]
    if any(row.smb_transport for rows in memory if not isinstance(rows, Gap) for row in rows):
        return True
    return any(disks_move(view, way.source, way.destination) for way in ways)


def restart(view: View, host: Member) -> str:
    """What lets the migration service register its names, which it does when it starts; on a cluster's node words.

    The check must declare ``Service`` and ``ClusterInfo``.
    """
    services = view.ask(Service, host.host)
    if not isinstance(services, Gap):
        vmms = next((service for service in services if service.name.lower() == "vmms"), None)
        if vmms is None or vmms.state.lower() != "running":
            return "The Virtual Machine Management service registers them when it starts: see HOST-01"
    if may_be_member(view, host.host):
        return WITHOUT_ROLES
    return powershell(RESTART, host=host.fqdn)


def holders(everything: Everything) -> dict[str, list[Holder]]:
    """The accounts that hold each service name, as any domain or controller tells; names in lower case."""
    found: dict[str, list[Holder]] = {}
    for target, row in everything.rows(ComputerAccount):
        for spn in row.spns:
            found.setdefault(spn.strip().lower(), []).append(Holder(row.sid, row.dn, spn, target))
    return found


def shared(view: View, host: Member, names: tuple[str, ...]) -> Iterator[Verdict]:
    """Judge the names of the host that other accounts hold, too; the check must declare DomainInfo.

    A full name is one machine's alone, and so is any name within a domain: another account that holds it is wrong. A
    short name must be unique in the forest; in another forest a machine may well be called the same, and each domain
    looks among its own accounts first.
    """
    index = view.across((ComputerAccount,), holders)
    wrong, alike, near = list[Holder](), list[Holder](), list[Holder]()
    for name in names:
        for holder in index.get(name.lower(), ()):
            domain = dns_domain(holder.dn)
            if (holder.sid or holder.dn) in (host.account.sid, host.account.dn):
                continue
            if domain == host.domain or name.lower().endswith(f"/{host.fqdn}"):
                wrong.append(holder)
            elif _forest(view, domain) & _forest(view, host.domain):
                alike.append(holder)
            elif _comes_from(view, host, domain):
                near.append(holder)
    alone = f"these names on {host.account.dn} alone"
    if wrong:
        yield failed(_told(view, wrong), alone, taken_back(wrong))
    if alike:
        yield failed(_told(view, alike), alone, RENAME)
    if near:
        works = "the full name is held by the destination alone; call it by that"
        yield warned(_told(view, near), alone, FULL_NAME, works=works, note="a move that uses the short name fails")


def _told(view: View, found: list[Holder]) -> str:
    for holder in found:
        view.ask(ComputerAccount, holder.target)  # so that the report names where it was read
    texts = list(dict.fromkeys(f"{holder.dn} holds {holder.spn}, too" for holder in found))
    more = f"; and {len(texts) - MOST} more" if len(texts) > MOST else ""
    return "; ".join(texts[:MOST]) + more


def _forest(view: View, domain: str) -> set[str]:
    """The root of the domain's forest; nothing if it was not read."""
    rows = view.ask(DomainInfo, domain)
    return set() if isinstance(rows, Gap) else {row.forest_root.lower() for row in rows}


def taken_back(found: list[Holder]) -> str:
    """The commands that take the names from the other accounts; they are this host's."""
    by_account: dict[str, dict[str, None]] = {}
    for holder in found:
        by_account.setdefault(holder.dn, {})[holder.spn] = None
    accounts = [(dn, dns_domain(dn), tuple(spns)) for dn, spns in by_account.items()]
    command = "Set-ADComputer -Identity <dn> -Server <domain> -Remove @{'servicePrincipalName' = <names>}"
    return "\n".join(powershell(command, dn=dn, domain=domain, names=names) for dn, domain, names in accounts)


def _comes_from(view: View, host: Member, domain: str) -> bool:
    """Whether moves to the host come from a machine of this domain; of one that was not read its name tells it."""
    for source in (route.source for route in view.estate.routes if route.destination == host.host):
        systems = view.ask(ComputerSystem, source)
        named = [source.partition(".")[2].lower()] if isinstance(systems, Gap) else [row.dns_domain for row in systems]
        if domain in named:
            return True
    return False
