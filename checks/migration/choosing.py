"""Commands that choose the networks of incoming migrations, and close no way that a planned source has.

A network is chosen only where the estate declares it trusted and the host has an address in it that is up. Where a
planned source would be left without a way, no command is printed: whoever knows the networks must decide.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from checks.common.holders import HOLDERS
from checks.common.own import is_own
from checks.common.parts import LIMIT
from checks.common.probing import MIGRATION, connects, endpoint, probe
from checks.migration.networks import Local, declared, local_addresses, migration_networks, neighbours
from scanner.api import Fact, Gap, MissingEvidence, View, joined, powershell
from scanner.facts.host import ClusterInfo
from scanner.facts.hyperv import MigrationNetwork, Network, VMHost
from scanner.facts.network import Address, EndpointProbe, IPAddress

CHOOSING: tuple[type[Fact], ...] = (MigrationNetwork, VMHost, *HOLDERS, EndpointProbe, ClusterInfo)
"""What a check declares that prints these commands."""


def choose_networks(view: View, host: str, *, without: Collection[Network] = (), add: bool = True) -> str:
    """The commands after which the host accepts migrations on networks that are named, those ``without`` left out.

    Trusted ones are named besides those that are listed already, but where nothing shall be added. Empty where there is
    none to be chosen, where a source would lose its way, on a node of a cluster, which has these networks from its
    cluster, or where what decides cannot be told.
    """
    setting = migration_networks(view, host)
    try:
        addresses = [local for local in local_addresses(view, host) if local.up]
    except MissingEvidence:
        return ""
    stay = [network for network in setting.listed if network not in without]
    trusted = {local.network for local in addresses if add and declared(view.estate, local.network)} - {*without}
    named = [*stay, *sorted(trusted - {*stay}, key=str)]
    left = [local for local in addresses if any(local.address in network for network in named)]
    new = [network for network in named if network not in stay]
    if (
        setting.unread
        or not left
        or _is_node(view, host)
        or len(new) > LIMIT
        or not all(_has_a_way(view, source, host, left) for source in sources(view, host))
    ):
        return ""
    return joined("\n", _commands(host, new, [*without][:LIMIT], some=setting.families or setting.flag))


def idle(view: View, host: str, networks: Collection[Network]) -> list[Address]:
    """The host's addresses in these networks, in whatever state and store Windows lists them, each once.

    Raises:
        MissingEvidence: the addresses could not be read.
    """
    found = dict.fromkeys(row.address for row in view.rows(IPAddress, host))
    return [address for address in found if address and any(address in network for network in networks)]


def sources(view: View, host: str) -> tuple[str, ...]:
    """The hosts from which a move to this one is planned."""
    return tuple(route.source for route in view.estate.routes if route.destination == host)


def _is_node(view: View, host: str) -> bool:
    clusters = view.ask(ClusterInfo, host)
    return bool(clusters) and not isinstance(clusters, Gap)


def _commands(host: str, new: Iterable[Network], old: Iterable[Network], *, some: object) -> Iterator[str]:
    """What stays is named before anything is closed."""
    for verb, networks in (("Add", new), ("Remove", old)):
        for network in networks:
            template = f"{verb}-VMMigrationNetwork -ComputerName <host> -Subnet <subnet>"
            yield powershell(template, host=host, subnet=str(network))
    if some:
        yield powershell("Set-VMHost -ComputerName <host> -UseAnyNetworkForMigration $false", host=host)


def _has_a_way(view: View, source: str, host: str, left: Iterable[Local]) -> bool:
    """Whether the source reaches one of these addresses, or, where none was tried, is in one of their networks."""
    targets = {a: endpoint(str(a.address), MIGRATION) for a in left if not is_own(view, source, a.address)}
    if any(connects(view, source, target, destination=host) for target in targets.values()):
        return True
    untried = [local for local, target in targets.items() if isinstance(probe(view, source, target), str)]
    try:
        return any(neighbours([local for local in local_addresses(view, source) if local.up], untried))
    except MissingEvidence:
        return False
