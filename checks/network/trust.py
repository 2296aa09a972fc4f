"""How far a network may be trusted with memory in clear text, judged by what the user declared and Windows knows.

In this order: what the user declared (the narrower declaration wins), public address space, the category and
connectivity Windows gives the interface, its default route. What none of them settles is no proof of trust.
"""

from __future__ import annotations

import ipaddress

from checks.migration.networks import Local, usable
from scanner.api import Estate, Gap, Status, Verdict, View, failed, passed, unknown, warned
from scanner.facts.hyperv import Network
from scanner.facts.network import ACTIVE_STORE, ConnectionProfile, DefaultRoute

PRIVATE = tuple(map(ipaddress.ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")))
PUBLIC_CATEGORY, PRIVATE_CATEGORY, DOMAIN_CATEGORY = 0, 1, 2
INTERNET = 4
WANTED = "a private network without a way out, or one declared in networks.trusted"


def declared(estate: Estate, network: Network) -> bool | None:
    """What the user says of the network: trusted, untrusted, or nothing. Of two declarations the narrower one wins."""
    inside = [other.prefixlen for other in map(ipaddress.ip_network, estate.trusted) if is_within(network, other)]
    across = [other.prefixlen for other in map(ipaddress.ip_network, estate.untrusted) if other.overlaps(network)]
    if not inside and not across:
        return None
    return max(inside, default=-1) >= max(across, default=-1)


def is_within(network: Network, other: Network) -> bool:
    """Whether a network is part of another, also across address families (then it is not)."""
    if isinstance(network, ipaddress.IPv4Network):
        return isinstance(other, ipaddress.IPv4Network) and network.subnet_of(other)
    return isinstance(other, ipaddress.IPv6Network) and network.subnet_of(other)


def network_trust(view: View, host: str) -> list[Verdict]:
    """The verdict on every network on which the host accepts migrations, each once.

    The check must declare the facts of ``usable``, too. An untrusted network whose adapter may be down is UNKNOWN.

    Raises:
        MissingEvidence: the host's addresses could not be read.
    """
    verdicts: list[Verdict] = []
    for local in {(a.network, a.interface): a for a in usable(view, host)}.values():
        verdict = trust(view, host, local)
        if local.up is None and verdict.status is Status.FAIL:
            verdict = unknown(f"{verdict.seen}; whether its adapter is up is not known", wanted=WANTED)
        verdicts.append(verdict)
    return verdicts


def trust(view: View, host: str, local: Local) -> Verdict:
    """PASS trusted, FAIL untrusted, WARN not settled, UNKNOWN not readable; ``seen`` names network and reason.

    The check must declare ``ConnectionProfile`` and ``DefaultRoute``.
    """
    where = f"{local.network} (interface {local.interface})"
    said = declared(view.estate, local.network)
    if said is not None:
        return passed(f"{where}: declared trusted") if said else failed(f"{where}: declared untrusted", WANTED)
    if not any(is_within(local.network, private) for private in PRIVATE):
        if local.address.is_global:
            return failed(f"{where}: public address space", WANTED)
        return warned(f"{where}: neither public nor private address space", WANTED)
    return _by_interface(view, host, local.interface, where)


def _by_interface(view: View, host: str, interface: int, where: str) -> Verdict:
    profiles, routes = view.ask(ConnectionProfile, host), view.ask(DefaultRoute, host)
    if isinstance(profiles, Gap):
        return unknown(f"{where}: {profiles}", wanted=WANTED)
    profile = next((row for row in profiles if row.interface == interface), None)
    if profile is None:
        return warned(f"{where}: Windows has no profile of this network", WANTED)
    connectivity = (profile.ipv4_connectivity, profile.ipv6_connectivity)
    if INTERNET in connectivity:
        return failed(f"{where}: leads to the internet", WANTED)
    if isinstance(routes, Gap):
        return unknown(f"{where}: {routes}", wanted=WANTED)
    gateway = any(r.interface == interface and r.store in (None, ACTIVE_STORE) for r in routes)
    if profile.category == PUBLIC_CATEGORY and gateway:
        return failed(f"{where}: category public, with a default gateway", WANTED)
    if any(value not in range(INTERNET) for value in connectivity):
        return unknown(f"{where}: ConnectionProfile of {host}: connectivity {connectivity}", wanted=WANTED)
    return _by_category(profile.category, gateway, where)


def _by_category(category: int, gateway: bool, where: str) -> Verdict:
    """Of an interface that does not lead to the internet as far as Windows knows."""
    if category == PUBLIC_CATEGORY:
        return warned(f"{where}: category public, private addresses, no gateway", WANTED)
    if category not in (PRIVATE_CATEGORY, DOMAIN_CATEGORY):
        return unknown(f"{where}: ConnectionProfile: category {category}", wanted=WANTED)
    if gateway:
        return warned(f"{where}: carries the default route, so management traffic too", WANTED)
    return passed(f"{where}: category {'private' if category == PRIVATE_CATEGORY else 'domain'}, private addresses")
