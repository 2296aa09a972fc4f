"""The service names of a host: which of them its account lacks, and who else holds them.

Kerberos finds no host by a name that nobody holds, or that two accounts hold.
"""

from __future__ import annotations

from dataclasses import dataclass

from checks.delegation.account import Member, dns_domain
from scanner.api import Everything, Gap, Verdict, View, failed, powershell, warned
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import ComputerSystem, Service

MOST = 4
"""names of other accounts that are told one by one"""
RESTART = "Invoke-Command -ComputerName <host> -ScriptBlock { Restart-Service -Name vmms }"
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
    return warned(seen, wanted, remedy, works="storage does not move, and only that needs a name of HOST or cifs")


def restart(view: View, host: Member) -> str:
    """What lets the migration service register its names, which it does when it starts."""
    services = view.ask(Service, host.host)
    if not isinstance(services, Gap):
        vmms = next((service for service in services if service.name.lower() == "vmms"), None)
        if vmms is None or vmms.state.lower() != "running":
            return "The Virtual Machine Management service registers them when it starts: see HOST-01"
    return powershell(RESTART, host=host.fqdn)


def held_twice(found: list[Holder]) -> str:
    """Who holds which names, besides the host."""
    return "; ".join(f"{holder.dn} holds {holder.spn}, too" for holder in found[:MOST])


def holders(everything: Everything) -> dict[str, list[Holder]]:
    """The accounts that hold each service name, as any domain or controller tells; names in lower case."""
    found: dict[str, list[Holder]] = {}
    for target, row in everything.rows(ComputerAccount):
        for spn in row.spns:
            found.setdefault(spn.strip().lower(), []).append(Holder(row.sid, row.dn, spn, target))
    return found


def rivals(view: View, host: Member, names: tuple[str, ...]) -> list[Holder]:
    """Other accounts that hold one of these names of the host, each name of each once.

    A full name is one machine's alone. A short name counts in the domains of the host and of those that move machines
    to it: each domain looks among its own accounts first, and elsewhere another machine may well be called the same.
    """
    index, near = view.across((ComputerAccount,), holders), _domains(view, host)
    found: dict[tuple[str, str], Holder] = {}
    for name in names:
        full = name.lower().endswith(f"/{host.fqdn}")
        for holder in index.get(name.lower(), ()):
            mine = host.account.sid == holder.sid if holder.sid else host.account.dn == holder.dn
            if not mine and (full or dns_domain(holder.dn) in near):
                view.ask(ComputerAccount, holder.target)
                found.setdefault((holder.sid or holder.dn, name.lower()), holder)
    return list(found.values())


def taken_back(found: list[Holder]) -> str:
    """The commands that take the names from the other accounts; they are this host's."""
    by_account: dict[str, list[str]] = {}
    for holder in found:
        by_account.setdefault(holder.dn, []).append(holder.spn)
    command = "Set-ADComputer -Identity <dn> -Server <domain> -Remove @{'servicePrincipalName' = <names>}"
    return "\n".join(powershell(command, dn=dn, domain=dns_domain(dn), names=names) for dn, names in by_account.items())


def _domains(view: View, host: Member) -> set[str]:
    """The domains of the host and of the sources of moves to it."""
    found = {host.domain}
    for route in view.estate.routes:
        systems = view.ask(ComputerSystem, route.source) if route.destination == host.host else ()
        if not isinstance(systems, Gap):
            found.update(system.domain.lower() for system in systems)
    return found
