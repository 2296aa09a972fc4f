"""Networks as they are drawn: which hosts are in them, where each takes migrations, and which ways were tried."""

from __future__ import annotations

import ipaddress
from collections import Counter
from collections.abc import Iterable

from scanner.facts.hyperv import MigrationNetwork, Network, VMHost
from scanner.facts.network import IPAddress
from scanner.judge import scopes
from scanner.judge.picturing.marks import Marks
from scanner.judge.picturing.ways import ways_of
from scanner.words.estate import Estate
from scanner.words.evidence import Evidence
from scanner.words.model import Gap
from scanner.words.pictures import NetworkHost, Networks, Place, Trust
from scanner.words.telling import joined, tell

MOST = 24
"""So many networks are told of one host."""
FAMILIES = frozenset({4, 6})
NOT_ASKED = tell("no planned move ends there, so nobody asked where it takes migrations")
WHOLE = {4: ipaddress.ip_network("0.0.0.0/0"), 6: ipaddress.ip_network("::/0")}
"""What one row opens that stands for any network of its family."""
OF_HOST = ("LM-01", "LM-08", "LM-10", "LM-13")


def networks_of(evidence: Evidence, marks: Marks) -> Networks | None:
    """The networks of the hosts that planned routes name; nothing where no route is planned."""
    estate = evidence.estate
    names = dict.fromkeys(name for route in estate.routes for name in (route.source, route.destination))
    if not names:
        return None
    hosts = tuple(_host(evidence, marks, name) for name in names)
    within = Counter(place.network for host in hosts for place in host.places)
    taking = {place.network for host in hosts for place in host.places if place.takes}
    trust = {network: declared(estate, ipaddress.ip_network(network)) for network in within}
    order = sorted(
        within,
        key=lambda one: (one not in taking, trust[one] is not Trust.UNTRUSTED, -within[one], _by_address(one)),
    )
    return Networks(
        networks=tuple((network, trust[network]) for network in order), hosts=hosts, ways=ways_of(evidence, marks)
    )


def _by_address(network: str) -> tuple[int, bytes, int]:
    parsed = ipaddress.ip_network(network)
    return parsed.version, parsed.network_address.packed, parsed.prefixlen


def declared(estate: Estate, network: Network) -> Trust:
    """What the estate says of a network: the narrower declaration wins, of two alike the one that does not trust."""
    inside = [other.prefixlen for other in map(ipaddress.ip_network, estate.trusted) if _within(network, other)]
    across = [other.prefixlen for other in map(ipaddress.ip_network, estate.untrusted) if other.overlaps(network)]
    if not inside and not across:
        return Trust.UNTOLD
    return Trust.TRUSTED if max(inside, default=-1) > max(across, default=-1) else Trust.UNTRUSTED


def _host(evidence: Evidence, marks: Marks, name: str) -> NetworkHost:
    listed, anywhere, unread = _accepts(evidence, name)
    if unread and not any(route.destination == name for route in evidence.estate.routes):
        unread = NOT_ASKED
    own = evidence.derived(IPAddress, name, _own)
    here: dict[Network, list[str]] = {}
    if isinstance(own, Gap):
        unread = joined("; ", filter(None, (tell("its addresses: {own}", own=own), unread)))
    else:
        here = {network: list(addresses) for network, addresses in own.items()}
    lone = () if anywhere else (network for network in listed if not any(_within(known, network) for known in here))
    places = [
        *(_place(network, addresses, listed, anywhere, unread) for network, addresses in here.items()),
        *(Place(network=str(network), takes=True) for network in lone),
    ]
    return NetworkHost(
        name=name,
        anywhere=anywhere,
        places=tuple(places[:MOST]),
        unread=unread,
        mark=marks.of(scopes.HOST, (name,), *OF_HOST),
    )


def _place(
    network: Network, addresses: list[str], listed: tuple[Network, ...], anywhere: bool | None, unread: str
) -> Place:
    """A network of the host's own; its list may name a part of it, or one around it."""
    named = any(ipaddress.ip_address(address) in other for address in addresses for other in listed)
    takes = True if anywhere or named else (None if anywhere is None or unread else False)
    return Place(network=str(network), addresses=tuple(addresses), takes=takes)


def _accepts(evidence: Evidence, host: str) -> tuple[tuple[Network, ...], bool | None, str]:
    """The subnets of a host's list, whether it takes migrations on any network, and what of that is not known."""
    module, rows = evidence.ask(VMHost, host), evidence.ask(MigrationNetwork, host)
    flag = None if isinstance(module, Gap) or len(module) != 1 else module[0].any_network
    if isinstance(rows, Gap):
        return (), flag or None, "" if flag else tell("where it takes migrations: {rows}", rows=rows)
    families = frozenset(6 if ":" in row.subnet else 4 for row in rows if row.any_network)
    everything = families == FAMILIES
    listed = (*_listed(rows), *(WHOLE[family] for family in sorted(families) if not everything))
    if flag is None and not everything:
        return listed, None, tell("whether it takes migrations on any network: the Hyper-V module did not answer")
    if flag is not None and flag != everything:
        return listed, None, tell("whether it takes migrations on any network: the module and the settings contradict")
    return listed, bool(flag or everything), ""


def _listed(rows: Iterable[MigrationNetwork]) -> tuple[Network, ...]:
    found: dict[Network, None] = {}
    for row in rows:
        if not row.any_network:
            try:
                found[row.network] = None
            except ValueError:
                continue
    return tuple(found)


def _own(rows: tuple[IPAddress, ...]) -> dict[Network, tuple[str, ...]]:
    """A host's usable addresses by the network each is in."""
    found: dict[Network, tuple[str, ...]] = {}
    for row in rows:
        address = row.address if row.usable else None
        if address is None:
            continue
        try:
            network = ipaddress.ip_network(f"{address}/{row.prefix_length}", strict=False)
        except ValueError:
            continue
        found[network] = tuple(dict.fromkeys((*found.get(network, ()), str(address))))
    return found


def _within(network: Network, other: Network) -> bool:
    if isinstance(network, ipaddress.IPv4Network):
        return isinstance(other, ipaddress.IPv4Network) and network.subnet_of(other)
    return isinstance(other, ipaddress.IPv6Network) and network.subnet_of(other)
