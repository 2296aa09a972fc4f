"""Hyper-V sends the memory of a migrating machine in clear text, so its way must be private, or encrypted beneath.

Passes when every network is trusted on which the destination accepts migrations, through which the source reached it,
and by which disks that move go by SMB: declared so, or private and without a way out; or when encryption is proven.
Fails when one is untrusted: declared so, public address space, leading to the internet, or public by category with a
gateway. Warns where a network cannot be settled. Unknown where an IPsec rule may cover an untrusted one, for whether it
encrypts is not read, and where nobody can tell which way disks take. Compression counts for nothing.
"""

from __future__ import annotations

from dataclasses import replace

from checks.common.parts import combine
from checks.migration.choosing import CHOOSING
from checks.migration.networks import migration_networks
from checks.network import disks
from checks.network.encryption import OF_SOURCE, PROVING, encrypted_or_not, protection
from checks.network.trust import choose_others, network_trust, on_the_way
from scanner.api import Severity, Status, Subject, Verdict, View, Who, check, not_applicable, scopes, tell, unknown
from scanner.facts.hyperv import MigrationNetwork, MigrationService
from scanner.facts.network import ConnectionProfile, DefaultRoute
from scanner.facts.smb import SmbServerConfiguration

FACTS = (*CHOOSING, MigrationService, *PROVING, ConnectionProfile, DefaultRoute)


@check(
    id="NET-01",
    title="Migration traffic does not cross untrusted networks in clear",
    fails="Migration traffic may cross an untrusted network in clear",
    warns="Whether a network of migration traffic can be trusted is not settled",
    severity=Severity.HIGH,
    who=Who.NETWORK,
    scope=scopes.ROUTE,
    seed="S0-S3 #consider-options-for-authentication-and-networking (network preference)",
    needs=FACTS,
    asks=disks.asked,
    of_source=OF_SOURCE,
    of_destination=(MigrationNetwork, MigrationService, SmbServerConfiguration),
    remedy="Give migrations a physical network or VLAN of their own and list only that, or encrypt them. "
    "Disks go by SMB to wherever the destination's name leads.",
)
def untrusted_network(route: Subject, view: View) -> Verdict:
    """Judge one route."""
    source, host = route.source, route.destination
    by_disks = disks.in_clear(route, view)
    if disks.alone(route, view):
        return combine(by_disks)
    setting, there = migration_networks(view, host), network_trust(view, source, host)
    if setting.unread and not setting.any_network:
        there.append(unknown(setting.unread))
    if not there and all(part.status is Status.PASS for part in by_disks):
        return not_applicable(tell("the destination has no usable migration network; see LM-08, LM-10 and NET-09"))
    parts = encrypted_or_not(view, source, host, [*there, *on_the_way(view, source, host)], protection) + by_disks
    verdict = combine(parts)
    if verdict.status not in (Status.FAIL, Status.WARN) or verdict.status in {p.status for p in parts[len(there) :]}:
        return verdict  # the destination's list mends nothing of the source's way, nor of the disks'
    return replace(verdict, remedy=view.aside(choose_others, host))
