"""On which networks a host accepts incoming migrations, and which of its own addresses lie there.

The list is kept in two forms: rows of WMI, where catch-all rows stand for "any network" of their address family, and
the module's flag, which is computed from them. The meaning of the rows' tags is a strong hint only, so checks see both.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from checks.common.own import is_own
from scanner.api import Estate, Gap, MissingEvidence, View, joined, tell
from scanner.facts.hyperv import MigrationNetwork, MigrationService, Network, VMHost
from scanner.facts.network import Address, IPAddress, NetworkAdapter

FAMILIES = frozenset({4, 6})
_Found = tuple[tuple[tuple[Address, Network, int], ...], str]


@dataclass(frozen=True, slots=True)
class MigrationNetworks:
    """What a host says about the networks of incoming migrations."""

    flag: bool | None
    """"use any available network" as the Hyper-V module tells it; nothing when the module did not answer"""
    families: frozenset[int]
    """address families (4, 6) that a catch-all row opens"""
    listed: tuple[Network, ...]
    unread: str = ""
    """what could not be read or understood of it; empty when all could"""

    @property
    def any_network(self) -> bool:
        """Every address of the host takes migrations, whatever is listed beside."""
        return self.flag is True or self.families == FAMILIES

    def accepts(self, address: Address) -> bool:
        """Whether migrations may come in on this address."""
        if self.any_network or address.version in self.families:
            return True
        return any(address in network for network in self.listed)


@dataclass(frozen=True, slots=True)
class Local:
    """An address that the machine uses, and the network it reaches without a router."""

    address: Address
    network: Network
    interface: int
    up: bool | None
    """whether its adapter carries traffic; nothing when that is not known"""


def migration_networks(view: View, host: str) -> MigrationNetworks:
    """The host's setting. The check must declare ``MigrationNetwork`` and ``VMHost``; nothing is raised for a gap."""
    modules = view.ask(VMHost, host)
    flag = None if isinstance(modules, Gap) or len(modules) != 1 else modules[0].any_network
    rows = view.ask(MigrationNetwork, host)
    if isinstance(rows, Gap):
        return MigrationNetworks(flag, frozenset(), (), str(rows))
    families, listed, odd = view.derived(MigrationNetwork, host, _told)
    unread = tell("MigrationNetwork of {host}: {odd} is no subnet", host=host, odd=joined(", ", odd[:3])) if odd else ""
    if flag is None and families != FAMILIES:  # that the rows alone tell it is a hint, and a hint proves nothing
        silent = tell("VMHost of {host}: no answer of the Hyper-V module", host=host)
        why = str(modules) if isinstance(modules, Gap) else silent
        unread = tell("whether any available network is used is not known: {why}", why=why)
    return MigrationNetworks(flag, families, listed, unread)


def _told(rows: tuple[MigrationNetwork, ...]) -> tuple[frozenset[int], tuple[Network, ...], tuple[str, ...]]:
    """Families that a catch-all row opens, networks that are listed, and texts that are none."""
    families = frozenset(6 if ":" in row.subnet else 4 for row in rows if row.any_network)
    listed: dict[Network, None] = {}
    odd: list[str] = []
    for row in rows:
        if row.any_network:
            continue
        try:
            listed[row.network] = None
        except ValueError:
            odd.append(f"{row.subnet[:60]}/{row.prefix_length}")
    return families, tuple(listed), tuple(odd)


def local_addresses(view: View, host: str, *, held: bool = False) -> tuple[Local, ...]:
    """The host's usable addresses, or all it holds. The check must declare ``IPAddress`` and ``NetworkAdapter``.

    Raises:
        MissingEvidence: the addresses could not be read. An adapter that could not is ``up=None``.
    """
    unread = isinstance(view.ask(NetworkAdapter, host), Gap)
    up = {} if unread else view.derived(NetworkAdapter, host, _up)
    found, odd = view.derived(IPAddress, host, _held if held else _usable)
    if odd:
        raise MissingEvidence(tell("IPAddress of {host}: {odd} is no address", host=host, odd=odd))
    return tuple(Local(address, network, interface, up.get(interface)) for address, network, interface in found)


def _up(rows: tuple[NetworkAdapter, ...]) -> dict[int, bool | None]:
    return {adapter.interface: adapter.up for adapter in rows}


def _usable(rows: tuple[IPAddress, ...]) -> _Found:
    return _found(row for row in rows if row.usable)


def _held(rows: tuple[IPAddress, ...]) -> _Found:
    return _found(row for row in rows if row.held)


def _found(rows: Iterable[IPAddress]) -> _Found:
    """Address, network and interface of each, once; and the first that is none."""
    found: dict[tuple[Address, Network, int], None] = {}
    for row in rows:
        address = row.address
        if address is None:
            continue
        try:
            found[address, ipaddress.ip_network(f"{address}/{row.prefix_length}", strict=False), row.interface] = None
        except ValueError:
            return (), f"{address}/{row.prefix_length}"
    return tuple(found), ""


def usable(view: View, host: str) -> tuple[Local, ...]:
    """The host's addresses that take migrations, those on an adapter that is down left out.

    What could not be read of the setting is in ``migration_networks(...).unread``; a caller must ask it, too.

    Raises:
        MissingEvidence: the addresses could not be read.
    """
    return view.shared(_taking, host)


def _taking(view: View, host: str) -> tuple[Local, ...]:
    setting = migration_networks(view, host)
    return tuple(a for a in local_addresses(view, host) if a.up is not False and setting.accepts(a.address))


def listening(view: View, host: str) -> tuple[tuple[Local, ...], str]:
    """The addresses beside the usable ones at which migrations may come in, and what could not be read of that.

    The service listens at what the host still holds, offered or not, and at what the list no longer names. Where it was
    not read, it may be any of them. The check must declare ``MigrationService``.

    Raises:
        MissingEvidence: the addresses could not be read.
    """
    service, known = view.ask(MigrationService, host), {local.address for local in usable(view, host)}
    more = [a for a in local_addresses(view, host, held=True) if a.up is not False and a.address not in known]
    if isinstance(service, Gap):
        return tuple(more), str(service)
    there = {text for row in service for text in row.addresses}
    return tuple(local for local in more if str(local.address) in there), ""


def holds(network: Network, addresses: Iterable[Local]) -> bool | None:
    """Whether one of the addresses lies in the network, on an adapter that is up; nothing if only that is not known."""
    states = {a.up for a in addresses if a.address in network}
    return True if True in states else (None if None in states else False)


def not_of(view: View, source: str, addresses: Iterable[Local]) -> tuple[Local, ...]:
    """The addresses that the source does not hold itself: at one of those it meets nobody but itself."""
    return tuple(local for local in addresses if not is_own(view, source, local.address))


def neighbours(ours: Iterable[Local], theirs: Iterable[Local]) -> Iterator[tuple[Local, Local]]:
    """Pairs of addresses that reach each other without a router: each lies in the other's network."""
    others = tuple(theirs)
    for one in ours:
        yield from ((one, other) for other in others if one.address in other.network and other.address in one.network)


_network = lru_cache(maxsize=1024)(ipaddress.ip_network)  # of the few texts that the estate declares


def declared(estate: Estate, network: Network) -> bool | None:
    """What the user says of the network: trusted, untrusted, or nothing.

    Of two declarations the narrower one wins; of two that are the same the one that does not trust.
    """
    inside = [other.prefixlen for other in map(_network, estate.trusted) if is_within(network, other)]
    across = [other.prefixlen for other in map(_network, estate.untrusted) if other.overlaps(network)]
    if not inside and not across:
        return None
    return max(inside, default=-1) > max(across, default=-1)


def is_within(network: Network, other: Network) -> bool:
    """Whether a network is part of another, also across address families (then it is not)."""
    if isinstance(network, ipaddress.IPv4Network):
        return isinstance(other, ipaddress.IPv4Network) and network.subnet_of(other)
    return isinstance(other, ipaddress.IPv6Network) and network.subnet_of(other)
