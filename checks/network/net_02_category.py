"""Windows calls a network public that it does not know, and puts its strictest firewall profile before it.

Judged is each interface on which the destination accepts migrations, by its index. Passes where Windows calls its
network private or the domain's. Warns where it is public, with or without a way out: a category alone stops no move.
Whether the firewall lets the migration in there RCH-05 says, whether memory may be read along the way NET-01. Unknown
where Windows tells a number that no document lists. Does not apply where Windows has no profile of any of them.
"""

from __future__ import annotations

from checks.common.parts import combine
from checks.migration.networks import Local, migration_networks, usable
from checks.network.adapters import each
from scanner.api import Severity, Subject, Verdict, View, Who, check, not_applicable, passed, scopes, unknown, warned
from scanner.facts.hyperv import MigrationNetwork, VMHost
from scanner.facts.network import ACTIVE_STORE, ConnectionProfile, DefaultRoute, IPAddress, NetworkAdapter

PUBLIC, INTERNET = 0, 4
CATEGORIES = {PUBLIC: "public", 1: "private", 2: "domain"}
WANTED = "a network that Windows calls private or the domain's"
WORKS = "a category stops no migration by itself (the firewall's rules: RCH-05; who can read along: NET-01)"


@check(
    id="NET-02",
    title="No migration network is public to Windows",
    warns="A migration network is public to Windows",
    severity=Severity.LOW,
    who=Who.HOST,
    of_machines=True,
    scope=scopes.DESTINATION,
    seed="S0-S3 #consider-options-for-authentication-and-networking",
    needs=(MigrationNetwork, VMHost, IPAddress, NetworkAdapter, ConnectionProfile, DefaultRoute),
    remedy="Tell Windows that the network is private, if who is in it may be trusted.",
)
def category(host: Subject, view: View) -> Verdict:
    """Judge one destination."""
    setting = migration_networks(view, host.host)
    parts = [part for local in each(usable(view, host.host)) for part in _judged(view, host.host, local)]
    if setting.unread and not setting.any_network:
        parts.append(unknown(setting.unread, wanted=WANTED))
    none = "Windows has no profile of a network on which the host accepts migrations; see LM-08 and LM-10"
    return combine(parts) if parts else not_applicable(none)


def _judged(view: View, host: str, local: Local) -> list[Verdict]:
    rows = [row for row in view.rows(ConnectionProfile, host) if row.interface == local.interface]
    return [_by_profile(view, host, row, f"{local.network} (interface {local.interface})") for row in rows]


def _by_profile(view: View, host: str, row: ConnectionProfile, where: str) -> Verdict:
    told = [value for value in (row.ipv4_connectivity, row.ipv6_connectivity) if value is not None]
    if row.category not in CATEGORIES or any(value not in range(INTERNET + 1) for value in told):
        return unknown(f"{where}: ConnectionProfile of {host}: category {row.category}, connectivity {told}")
    if row.category != PUBLIC:
        return passed(f"{where}: {CATEGORIES[row.category]}")
    gateways = [r.interface for r in view.rows(DefaultRoute, host) if r.store in (None, ACTIVE_STORE)]
    out = "with a way out" if INTERNET in told or row.interface in gateways else "without a gateway: not identified"
    return warned(f"{where}: public, {out}", WANTED, works=WORKS)
