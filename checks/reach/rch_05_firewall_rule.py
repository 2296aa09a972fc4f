"""Windows lets a migration in only by a rule of its firewall, and Hyper-V's own may be off, or a policy's may win.

Judged is TCP 6600 at each address on which the destination accepts migrations, as the source comes in. Passes where an
attempt connects, whatever rules say; else where the profile of the interface is off or the firewall's service stopped,
or an active rule lets it in for vmms, this source and this profile, and none keeps it out. Fails where no rule lets it
in, one keeps it out, or the profile keeps out all. Policies' settings and rules win; they may leave out the machine's
own. A condition that is not plain decides nothing: UNKNOWN. So is an attempt without an answer that rules would let in.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.holders import HOLDERS, neighbours_asked
from checks.common.parts import combine
from checks.common.probing import MIGRATION, attempts, endpoint
from checks.migration.networks import migration_networks, not_of, usable
from checks.reach.admitted import ADMITTING, admitted
from scanner.api import Ask, Severity, Subject, Verdict, View, Who, check, not_applicable, scopes, tell, unknown
from scanner.facts.hyperv import MigrationNetwork, VMHost
from scanner.facts.network import EndpointProbe


def _asks(route: Subject, view: View) -> Iterator[Ask]:
    for local in not_of(view, route.source, usable(view, route.destination)):
        yield from attempts(route.source, endpoint(str(local.address), MIGRATION))
    yield from neighbours_asked(view, route.source, route.destination)


@check(
    id="RCH-05",
    title="Windows' firewall lets migrations in",
    fails="Windows' firewall keeps migrations out",
    warns="Windows' firewall keeps migrations out at one address, and lets them in at another",
    severity=Severity.HIGH,
    who=Who.HOST,
    of_machines=True,
    scope=scopes.ROUTE,
    seed="beyond seeds",
    needs=(MigrationNetwork, VMHost, *HOLDERS, *ADMITTING, EndpointProbe),
    asks=_asks,
    of_destination=(MigrationNetwork, *ADMITTING),
    remedy="Make the rule VIRT-MIGL-In-TCP-NoScope active; where a policy sets rules, let TCP 6600 in by that policy.",
)
def firewall_rule(route: Subject, view: View) -> Verdict:
    """Judge one route."""
    source, host = route.source, route.destination
    setting = migration_networks(view, host)
    parts = admitted(view, source, host, not_of(view, source, usable(view, host)))
    if setting.unread and not setting.any_network:
        parts.append(unknown(setting.unread))
    none = tell(
        "{host} has no migration network that {source} could use; see LM-08, LM-10 and NET-09", host=host, source=source
    )
    return combine(parts) if parts else not_applicable(none)
