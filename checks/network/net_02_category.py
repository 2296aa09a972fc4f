"""Windows calls a network public that it does not know, and puts its strictest firewall profile before it.

Judged is each interface on which the destination accepts migrations, by its index. Passes where Windows calls its
network private or the domain's. Warns where it is public, with or without a way out: a category alone stops no move.
Whether the firewall lets the migration in there RCH-05 says, whether memory may be read along the way NET-01. Unknown
where Windows tells a number that no document lists. Does not apply where Windows has no profile of any of them.
"""

from __future__ import annotations

from checks.common.parts import combine
from checks.migration.networks import Local, migration_networks, usable
from checks.network.adapters import each, named
from scanner.api import (
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    check,
    not_applicable,
    passed,
    scopes,
    tell,
    unknown,
    warned,
)
from scanner.facts.hyperv import MigrationNetwork, VMHost
from scanner.facts.network import ACTIVE_STORE, ConnectionProfile, DefaultRoute, IPAddress, NetworkAdapter

PUBLIC, INTERNET = 0, 4
CATEGORIES = {PUBLIC: tell("public"), 1: tell("private"), 2: tell("domain")}
WANTED = tell("a network that Windows calls private or the domain's")
WORKS = tell("a category stops no migration by itself (the firewall's rules: RCH-05; who can read along: NET-01)")


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
    none = tell("Windows has no profile of a network on which the host accepts migrations; see LM-08 and LM-10")
    return combine(parts) if parts else not_applicable(none)


def _judged(view: View, host: str, local: Local) -> list[Verdict]:
    rows = [row for row in view.rows(ConnectionProfile, host) if row.interface == local.interface]
    return [_by_profile(view, host, row, named(local)) for row in rows]


def _by_profile(view: View, host: str, row: ConnectionProfile, where: str) -> Verdict:
    told = [value for value in (row.ipv4_connectivity, row.ipv6_connectivity) if value is not None]
    if row.category not in CATEGORIES or any(value not in range(INTERNET + 1) for value in told):
        return unknown(
            tell(
                "{where}: ConnectionProfile of {host}: category {category}, connectivity {told}",
                where=where,
                host=host,
                category=row.category,
                told=told,
            )
        )
    if row.category != PUBLIC:
        return passed(tell("{where}: {categories}", where=where, categories=CATEGORIES[row.category]))
    gateways = [r.interface for r in view.rows(DefaultRoute, host) if r.store in (None, ACTIVE_STORE)]
    has_way = INTERNET in told or row.interface in gateways
    out = tell("with a way out") if has_way else tell("without a gateway: not identified")
    return warned(tell("{where}: public, {out}", where=where, out=out), WANTED, works=WORKS)
