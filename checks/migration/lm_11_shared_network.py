"""Memory should travel on a network that both hosts are in; a routed way works, but is slower and harder to protect.

Passes when the source connects to an address on which the destination accepts migrations, in and through a network that
both are in; where nobody tried, being in it passes with that note, unless another machine holds the address, too. Warns
when no such network is shared, but the source reaches such an address on TCP 6600, or when its attempts left by another
network. Fails when it does not reach one, whatever the subnets say, or when the destination has no usable migration
network. An address that the source holds itself counts for none.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.holders import HOLDERS, neighbours_asked
from checks.common.parts import listing
from checks.common.probing import MIGRATION, attempts, endpoint
from checks.migration.networks import local_addresses, migration_networks, neighbours, not_of, usable
from checks.migration.reaching import by_subnet, routed, tried
from scanner.api import Ask, Severity, Subject, Verdict, View, Who, check, failed, joined, scopes, tell, unknown
from scanner.facts.hyperv import MigrationNetwork, VMHost
from scanner.facts.network import EndpointProbe


def _asks(route: Subject, view: View) -> Iterator[Ask]:
    for local in not_of(view, route.source, usable(view, route.destination)):
        yield from attempts(route.source, endpoint(str(local.address), MIGRATION))
    yield from neighbours_asked(view, route.source, route.destination)


@check(
    id="LM-11",
    title="The two hosts share a migration network",
    fails="The two hosts have no migration network in common that connects",
    warns="Source reaches the destination's migration address by another network or a router",
    severity=Severity.HIGH,
    who=Who.HOST,
    follows=("LM-01", "LM-08", "LM-10", "LM-13", "RCH-01"),
    of_machines=True,
    scope=scopes.ROUTE,
    seed="S0-S3 #consider-options-for-authentication-and-networking (network preference)",
    needs=(MigrationNetwork, VMHost, *HOLDERS, EndpointProbe),
    asks=_asks,
    of_destination=(MigrationNetwork,),
    remedy="Give both hosts an adapter in one migration network (subnet, VLAN), or see to the route between them.",
)
def shared_network(route: Subject, view: View) -> Verdict:
    """Judge one route."""
    setting = migration_networks(view, route.destination)
    theirs = not_of(view, route.source, usable(view, route.destination))
    ours = [local for local in local_addresses(view, route.source) if local.up is not False]
    pairs = tuple(neighbours(ours, theirs))
    sure = [(one, other) for one, other in pairs if one.up and other.up]
    if sure:
        return by_subnet(view, route, sure, tried(view, route, [other for _, other in sure]))
    if pairs or (setting.unread and not setting.any_network):
        told = tell(
            "NetworkAdapter: whether the adapters of {names} are up is not known", names=joined(" or ", route.names)
        )
        return unknown(setting.unread or told)
    if not theirs:
        seen = tell("{destination} has no usable migration network", destination=route.destination)
        if own := listing(local.address for local in usable(view, route.destination)):
            seen = tell(
                "{why} but with addresses that {source} holds itself: {own}", why=seen, source=route.source, own=own
            )
        return failed(seen, tell("an address of both hosts in one network"), note=tell("see LM-08, LM-10 and NET-09"))
    return routed(view, route, theirs)
