"""Windows lets a migration in only by a rule of its firewall, and Hyper-V's own may be off, or a policy's may win.

Judged is TCP 6600 at each address on which the destination accepts migrations, from every planned source. Passes where
an attempt connects, whatever rules say; else where the profile of the interface is off or its service stopped, or an
active rule lets it in for vmms, this source and this profile, and none keeps it out. Fails where no rule lets it in,
one keeps it out, or the profile keeps out all. Policies' settings and rules win; they may leave out the machine's own.
A condition that is not plain decides nothing: UNKNOWN. So is an attempt without an answer that the rules would let in.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.holders import HOLDERS, neighbours_asked
from checks.common.parts import combine
from checks.common.probing import MIGRATION, attempts, endpoint
from checks.migration.choosing import sources
from checks.migration.networks import migration_networks, not_of, usable
from checks.reach.admitted import ADMITTING, admitted
from scanner.api import Ask, Severity, Subject, Verdict, View, Who, check, not_applicable, scopes, unknown
from scanner.facts.hyperv import MigrationNetwork, VMHost
from scanner.facts.network import EndpointProbe


def _asks(host: Subject, view: View) -> Iterator[Ask]:
    for source in sources(view, host.host):
        for local in not_of(view, source, usable(view, host.host)):
            yield from attempts(source, endpoint(str(local.address), MIGRATION))
        yield from neighbours_asked(view, source, host.host)


@check(
    id="RCH-05",
    title="Windows' firewall lets migrations in",
    severity=Severity.HIGH,
    who=Who.HOST,
    of_machines=True,
    scope=scopes.DESTINATION,
    seed="beyond seeds",
    needs=(MigrationNetwork, VMHost, *HOLDERS, *ADMITTING, EndpointProbe),
    asks=_asks,
    remedy="Make the rule VIRT-MIGL-In-TCP-NoScope active; where a policy sets rules, let TCP 6600 in by that policy.",
)
def firewall_rule(host: Subject, view: View) -> Verdict:
    """Judge one destination."""
    setting, accepting = migration_networks(view, host.host), usable(view, host.host)
    parts = [
        part
        for source in sources(view, host.host)
        for part in admitted(view, source, host.host, not_of(view, source, accepting))
    ]
    if setting.unread and not setting.any_network:
        parts.append(unknown(setting.unread))
    none = f"{host.host} has no usable migration network; see LM-08, LM-10 and NET-09"
    return combine(parts) if parts else not_applicable(none)
