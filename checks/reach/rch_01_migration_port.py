"""The source connects to the destination's migration listener on TCP 6600; a closed port ends the move at once.

Every address on which the destination listens for migrations, within the networks it accepts, is tried from the source,
but those that the source holds itself: there it would meet itself. Passes when all of them connect, and the destination
answers. Fails when none does, when one in a network of the source does not, or when the destination listens on no such
address. Unknown where another machine holds such an address, too, and nobody can tell who answered. Warns when only
addresses in networks that the source is not in do not connect.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from ipaddress import ip_address

from checks.common.enabling import ENABLING
from checks.common.holders import HOLDERS, neighbours_asked
from checks.common.own import is_own
from checks.common.parts import combine, listing
from checks.common.probing import MIGRATION, attempts, endpoint
from checks.reach.listener import connection, listening, nowhere, open_up, settle
from scanner.api import Ask, Severity, Status, Subject, Verdict, View, Who, check, failed, joined, scopes, tell, unknown
from scanner.facts.hyperv import MigrationNetwork, MigrationService, MigrationSettings, VMHost
from scanner.facts.network import EndpointProbe


def _asks(route: Subject, view: View) -> Iterator[Ask]:
    for address in listening(view, route.destination).addresses:
        if not is_own(view, route.source, ip_address(address)):
            yield from attempts(route.source, endpoint(address, MIGRATION))
    yield from neighbours_asked(view, route.source, route.destination)


@check(
    id="RCH-01",
    title="TCP 6600 is open from source to destination",
    fails="Source does not reach the destination on TCP 6600, at one address or at all",
    warns="Some migration addresses do not connect on TCP 6600, and another one does",
    severity=Severity.CRITICAL,
    who=Who.NETWORK,
    follows=("LM-01", "LM-08", "LM-10", "LM-13", "RCH-05"),
    of_machines=True,
    scope=scopes.ROUTE,
    seed="beyond seeds",
    needs=(MigrationService, MigrationNetwork, MigrationSettings, VMHost, *ENABLING, *HOLDERS, EndpointProbe),
    asks=_asks,
    of_destination=(MigrationService, MigrationNetwork),
    remedy="Let the destination listen for migrations (LM-01, LM-08, LM-10); let TCP 6600 in, there and on the way.",
)
def migration_port(route: Subject, view: View) -> Verdict:
    """Judge one route."""
    source, host, found = route.source, route.destination, listening(view, route.destination)
    if not found.addresses:
        return nowhere(view, host, found)
    own = [address for address in found.addresses if is_own(view, source, ip_address(address))]
    tried = {a: connection(view, source, host, a) for a in found.addresses if a not in own}
    if not tried:
        return failed(
            tell(
                "{host} listens on {own} only, and {source} holds that itself",
                host=host,
                own=listing(own),
                source=source,
            ),
            tell("a listener on an address that leads to the destination"),
            note=tell("see NET-09"),
        )
    parts = settle(view, source, host, tried)
    verdict = combine([*parts, unknown(found.unread)] if found.unread else parts)
    note = tell("not counted, for {source} holds it itself: {own}", source=source, own=listing(own)) if own else ""
    remedy = open_up(view, host, found) if verdict.status is Status.FAIL else ""
    return replace(verdict, remedy=remedy, note=joined("; ", filter(None, (verdict.note, note))))
