"""The source connects to the destination's migration listener on TCP 6600; a closed port ends the move at once.

Every address on which the destination listens for migrations, within the networks it accepts, is tried from the source.
Passes when all of them connect. Fails when none does, when one in a network of the source does not, or when the
destination listens on no such address. Warns when only addresses in networks that the source is not in do not connect.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.parts import combine
from checks.common.probing import MIGRATION, attempts, endpoint
from checks.reach.listener import connection, listening, nowhere, settle
from scanner.api import Ask, Severity, Subject, Verdict, View, check, scopes, unknown
from scanner.facts.hyperv import MigrationNetwork, MigrationService, MigrationSettings, VMHost
from scanner.facts.network import EndpointProbe, IPAddress, NetworkAdapter


def _asks(route: Subject, view: View) -> Iterator[Ask]:
    for address in listening(view, route.destination).addresses:
        yield from attempts(route.source, endpoint(address, MIGRATION))


@check(
    id="RCH-01",
    title="TCP 6600 is open from source to destination",
    severity=Severity.CRITICAL,
    scope=scopes.ROUTE,
    seed="beyond seeds",
    needs=(MigrationService, MigrationNetwork, MigrationSettings, VMHost, IPAddress, NetworkAdapter, EndpointProbe),
    asks=_asks,
    remedy="Let the destination listen for migrations (LM-01, LM-08, LM-10); let TCP 6600 in, there and on the way.",
)
def migration_port(route: Subject, view: View) -> Verdict:
    """Judge one route."""
    found = listening(view, route.destination)
    if not found.addresses:
        parts = [nowhere(view, route.destination, found)]
    else:
        tried = {address: connection(view, route.source, route.destination, address) for address in found.addresses}
        parts = settle(view, route.source, tried)
    return combine([*parts, unknown(found.unread)] if found.unread else parts)
