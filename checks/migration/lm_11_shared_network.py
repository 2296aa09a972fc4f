"""Memory should travel on a network that both hosts are in; a routed way works, but is slower and harder to protect.

Passes when an address of the source and an address on which the destination accepts migrations are in one network.
Warns when none are, but the source reaches such an address on TCP 6600. Fails when it reaches none of them, or when the
destination has no usable migration network.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.parts import listing
from checks.common.probing import MIGRATION, attempts, connects, endpoint
from checks.migration.networks import Local, local_addresses, migration_networks, neighbours, usable
from scanner.api import Ask, Severity, Subject, Verdict, View, check, failed, passed, scopes, unknown, warned
from scanner.facts.hyperv import MigrationNetwork, VMHost
from scanner.facts.network import EndpointProbe, IPAddress, NetworkAdapter


def _asks(route: Subject, view: View) -> Iterator[Ask]:
    for local in usable(view, route.destination):
        yield from attempts(route.source, endpoint(str(local.address), MIGRATION))


@check(
    id="LM-11",
    title="The two hosts share a migration network",
    severity=Severity.HIGH,
    scope=scopes.ROUTE,
    seed="S0-S3 #consider-options-for-authentication-and-networking (network preference)",
    needs=(MigrationNetwork, VMHost, IPAddress, NetworkAdapter, EndpointProbe),
    asks=_asks,
    remedy="Give both hosts an adapter in one migration network (subnet, VLAN), or see to the route between them.",
)
def shared_network(route: Subject, view: View) -> Verdict:
    """Judge one route."""
    setting, theirs = migration_networks(view, route.destination), usable(view, route.destination)
    ours = [local for local in local_addresses(view, route.source) if local.up is not False]
    pairs = tuple(neighbours(ours, theirs))
    sure = [f"{one.address} → {other.address}" for one, other in pairs if one.up and other.up]
    if sure:
        return passed(listing(sure))
    if pairs or (setting.unread and not setting.any_network):
        return unknown(
            setting.unread or f"NetworkAdapter: whether the adapters of {' or '.join(route.names)} are up is not known"
        )
    return _routed(route, view, theirs)


def _routed(route: Subject, view: View, theirs: tuple[Local, ...]) -> Verdict:
    wanted, networks = "an address of both hosts in one network", listing(dict.fromkeys(a.network for a in theirs))
    if not theirs:
        return failed(f"{route.destination} has no usable migration network", wanted, note="see LM-08 and LM-10")
    states = [connects(view, route.source, endpoint(str(local.address), MIGRATION)) for local in theirs]
    if True in states:
        return warned(f"{route.source} is not in {networks}, but reaches it", wanted, note="through a router")
    if None in states:
        return unknown(f"EndpointProbe of {route.source}: {networks} was not probed", wanted=wanted)
    return failed(f"{route.source} is not in {networks}, and does not reach it on TCP {MIGRATION}", wanted)
