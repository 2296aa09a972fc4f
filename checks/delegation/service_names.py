"""The service names of a host: which of them its account lacks, and whether it alone holds them."""

from __future__ import annotations

from collections.abc import Iterable

from checks.common.disks import DISKS, disks_move
from checks.common.member import may_be_member
from checks.common.migrating import uses_smb
from checks.delegation.account import Member, member
from checks.delegation.coverage import CIFS, MIGRATION
from checks.delegation.other_holders import shared
from checks.delegation.verdicts import ACCOUNTS, attempt
from scanner.api import (
    Gap,
    MissingEvidence,
    Route,
    Verdict,
    View,
    failed,
    joined,
    passed,
    powershell,
    tell,
    warned,
    worst,
)
from scanner.facts.directory import DomainInfo
from scanner.facts.host import ClusterInfo, Service

NAMES = (*ACCOUNTS, DomainInfo, Service, ClusterInfo, *DISKS)
"""What ``names_verdict`` reads."""
RESTART = (
    "Invoke-Command -ComputerName <host> -ScriptBlock { Restart-Service -Name vmms }"
    "  # machines run on; a move, backup or copy under way breaks off"
)
WITHOUT_ROLES = tell(
    "The Virtual Machine Management service registers them when it starts. On a node of "
    "a cluster it is part of what fails over: drain the node first, then restart it"
)
HOST_NAMES = tell(
    "Windows registers both names of HOST itself: restart the host. Where they stay "
    "away, events 5788 and 5789 of NETLOGON in its System log say why"
)


def holds(host: Member, *names: str) -> bool:
    """Whether the account of the host holds one of these names."""
    held = {name.strip().lower() for name in host.account.spns}
    return any(name.lower() in held for name in names)


def lacking(where: str, lost: list[str], names: tuple[str, ...], remedy: str, *, moves: bool) -> Verdict:
    """Names that an account lacks; one that is left can be used, and none is needed by what does not move."""
    seen, wanted = tell("{where} lacks {lost}", where=where, lost=joined(", ", lost)), joined(" and ", names)
    left = [name for name in names if name not in lost]
    if left:
        works = tell("the destination can be called by the name that is there, as in {left}", left=left[0])
        return warned(seen, wanted, remedy, works=works, note=tell("a move that uses the other name fails"))
    if moves:
        return failed(seen, wanted, remedy)
    return warned(seen, wanted, remedy, works=tell("nothing goes by SMB, and only that needs a name of HOST or cifs"))


def by_smb(view: View, routes: Iterable[Route]) -> bool:
    """Whether anything comes by SMB, and so needs a name of HOST or cifs: memory where that is chosen, or disks.

    Raises:
        MissingEvidence: what tells it could not be read.
    """
    unread = list[MissingEvidence]()
    for way in routes:
        for by_its_way in (_memory, _disks):
            try:
                if by_its_way(view, way):
                    return True
            except MissingEvidence as missing:
                unread.append(missing)
    if unread:
        raise unread[0]
    return False


def _memory(view: View, way: Route) -> bool:
    return way.machines and uses_smb(view, way.source)


def _disks(view: View, way: Route) -> bool:
    return disks_move(view, way.source, way.destination)


def restart(view: View, host: Member) -> str:
    """What lets the migration service register its names, which it does when it starts; on a cluster's node words.

    The check must declare ``Service`` and ``ClusterInfo``.
    """
    services = view.ask(Service, host.host)
    if not isinstance(services, Gap):
        vmms = next((service for service in services if service.name.lower() == "vmms"), None)
        if vmms is None or vmms.state.lower() != "running":
            return tell("The Virtual Machine Management service registers them when it starts: see HOST-01")
    if may_be_member(view, host.host):
        return WITHOUT_ROLES
    return powershell(RESTART, host=host.fqdn)


def names_verdict(view: View, host: str) -> Verdict:
    """Judge the names by which Kerberos finds a destination of moves; the check must declare ``NAMES``.

    Raises:
        MissingEvidence: the host or its account could not be read.
    """
    routes = [route for route in view.estate.routes if route.destination == host]
    target = member(view, host)
    migration = target.spns(MIGRATION) if any(route.machines for route in routes) else ()
    cifs = (*target.spns("HOST"), *target.spns(CIFS))
    lost = [name for name in migration if not holds(target, name)]
    unnamed = [
        name
        for name, other in zip(target.spns("HOST"), target.spns(CIFS), strict=True)
        if not holds(target, name, other)
    ]
    seen = tell("servicePrincipalName of {short}", short=target.short)
    parts = list(shared(view, target, (*migration, *cifs)))
    if lost:
        parts.append(lacking(seen, lost, migration, restart(view, target), moves=True))
    if unnamed:
        names = target.spns("HOST")
        parts.append(attempt(lambda: lacking(seen, unnamed, names, HOST_NAMES, moves=by_smb(view, routes))))
    return (
        worst(parts)
        if parts
        else passed(tell("{seen}: {migration}", seen=seen, migration=joined(", ", migration or target.spns("HOST"))))
    )
