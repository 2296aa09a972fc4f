"""Two ends of one subnet with other prefix lengths or VLANs disagree on who is near: replies may take another way.

Judged is each address at which the destination accepts migrations, with the source's in its subnet. Passes where both
ends have one prefix length and no two different VLAN ids; no id beside one may be right, and is a note. Where they
differ, an attempt from source to destination decides: where it connects, the move works, a warning; where it does not,
it fails; one that nobody made, or that cannot be told, leaves it UNKNOWN. Does not apply where no subnet is shared.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.holders import HOLDERS, neighbours_asked
from checks.common.parts import combine
from checks.common.probing import MIGRATION, attempts, endpoint
from checks.migration.networks import local_addresses, migration_networks, not_of, usable
from checks.network.adapters import ADAPTERS
from checks.network.alike import WANTED, judged, shared
from scanner.api import Ask, Severity, Subject, Verdict, View, Who, check, not_applicable, scopes, tell, unknown
from scanner.facts.hyperv import MigrationNetwork, VMHost
from scanner.facts.network import EndpointProbe


def _asks(route: Subject, view: View) -> Iterator[Ask]:
    for local in not_of(view, route.source, usable(view, route.destination)):
        yield from attempts(route.source, endpoint(str(local.address), MIGRATION))
    yield from neighbours_asked(view, route.source, route.destination)


@check(
    id="NET-08",
    title="Both ends of a migration network agree on prefix length and VLAN",
    fails="Ends of a migration network differ in prefix length or VLAN, and do not connect",
    warns="Ends of a migration network differ in prefix length or VLAN, and connect all the same",
    severity=Severity.LOW,
    who=Who.NETWORK,
    of_machines=True,
    scope=scopes.ROUTE,
    seed="beyond seeds",
    needs=(MigrationNetwork, VMHost, *HOLDERS, *ADAPTERS, EndpointProbe),
    asks=_asks,
    of_destination=(MigrationNetwork,),
    remedy="Give both adapters the prefix length and the VLAN that the network really has.",
)
def alike(route: Subject, view: View) -> Verdict:
    """Judge one route."""
    setting = migration_networks(view, route.destination)
    ours = [local for local in local_addresses(view, route.source) if local.up is not False]
    theirs = not_of(view, route.source, usable(view, route.destination))
    parts = [judged(view, route, one, other) for one, other in shared(ours, theirs)]
    if setting.unread and not setting.any_network:
        parts.append(unknown(setting.unread, wanted=WANTED))
    none = tell("the two hosts share no network on which the destination accepts migrations; see LM-11")
    return combine(parts) if parts else not_applicable(none)
