"""The source connects to the destination's migration listener on TCP 6600; a closed port ends the move at once.

Every address on which the destination listens for migrations, within the networks it accepts, is tried from the source.
Passes when all of them connect. Fails when none does, when one in a network of the source does not, or when the
destination listens on no such address. Warns when only addresses in networks that the source is not in do not connect.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.network.parts import combine
from checks.reach.listener import listening, settle
from checks.reach.probing import MIGRATION, ask, endpoint, reached
from scanner.api import Ask, Scope, Severity, Subject, Verdict, View, check, failed, powershell, unknown
from scanner.facts.hyperv import MigrationNetwork, MigrationService, VMHost
from scanner.facts.network import EndpointProbe, IPAddress, NetworkAdapter


def _asks(route: Subject, view: View) -> Iterator[Ask]:
    for address in listening(view, route.destination).addresses:
        yield from ask(route.source, endpoint(address, MIGRATION))


@check(
    id="RCH-01",
    title="TCP 6600 is open from source to destination",
    severity=Severity.CRITICAL,
    scope=Scope.ROUTE,
    seed="beyond seeds",
    needs=(MigrationService, MigrationNetwork, VMHost, IPAddress, NetworkAdapter, EndpointProbe),
    asks=_asks,
    remedy="Enable live migration on the destination and let TCP 6600 in, in its firewall and on the way.",
)
def migration_port(route: Subject, view: View) -> Verdict:
    """Judge one route."""
    found = listening(view, route.destination)
    if not found.addresses:
        remedy = powershell("Enable-VMMigration -ComputerName <host>", host=route.destination)
        parts = [failed(found.none, f"a listener on TCP {MIGRATION}", remedy, note="see LM-01, LM-08 and LM-10")]
    else:
        rule = "Enable-NetFirewallRule -CimSession <host> -Name 'VIRT-MIGL-In-TCP-NoScope'"
        remedy = powershell(rule, host=route.destination)
        tried = {a: reached(view, route.source, endpoint(a, MIGRATION), remedy=remedy) for a in found.addresses}
        parts = settle(view, route.source, tried)
    return combine([*parts, unknown(found.unread)] if found.unread else parts)
