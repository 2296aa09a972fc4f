"""Hyper-V sends the memory of a migrating machine in clear text, so its way must be private, or encrypted beneath.

Passes when every network on which the destination accepts migrations is trusted, and every network through which the
source reached it: declared so, or private and without a way out; or when encryption is proven, of disks, too, where
they move. Where disks move alone, their way by SMB is judged so. Fails when one is untrusted: declared so, public
address space, leading to the internet, or public by category with a gateway. Warns where a network cannot be settled,
and where an IPsec rule that requires protection may cover an untrusted one. Compression counts for nothing.
"""

from __future__ import annotations

from dataclasses import replace

from checks.common.parts import combine
from checks.migration.choosing import CHOOSING, choose_networks
from checks.migration.networks import migration_networks
from checks.network import disks
from checks.network.encryption import PROVING, encrypted_or_not
from checks.network.trust import network_trust, on_the_way, untrusted_alone
from scanner.api import Severity, Status, Subject, Verdict, View, check, not_applicable, scopes, unknown
from scanner.facts.network import ConnectionProfile, DefaultRoute

FACTS = (*CHOOSING, *PROVING, ConnectionProfile, DefaultRoute)


@check(
    id="NET-01",
    title="Migration traffic does not cross untrusted networks in clear",
    severity=Severity.HIGH,
    scope=scopes.ROUTE,
    seed="S0-S3 #consider-options-for-authentication-and-networking (network preference)",
    needs=FACTS,
    asks=disks.asked,
    remedy="Give migrations a physical network or VLAN of their own and list only that, or encrypt them.",
)
def untrusted_network(route: Subject, view: View) -> Verdict:
    """Judge one route."""
    if disks.alone(route, view):
        return disks.in_clear(route, view)
    source, host = route.source, route.destination
    setting, there = migration_networks(view, host), network_trust(view, source, host)
    if setting.unread and not setting.any_network:
        there.append(unknown(setting.unread))
    if not there:
        return not_applicable("the destination has no usable migration network; see LM-08, LM-10 and NET-09")
    parts = [*there, *on_the_way(view, source, host)]
    if any(part.status is not Status.PASS for part in parts):
        parts = encrypted_or_not(view, source, host, parts)
    verdict = combine(parts)
    if verdict.status not in (Status.FAIL, Status.WARN) or combine(there).status is Status.PASS:
        return verdict  # the destination's list mends nothing of the source's way
    return replace(verdict, remedy=view.aside(_other_networks, host))


def _other_networks(view: View, host: str) -> str:
    return choose_networks(view, host, without=untrusted_alone(view, host))
