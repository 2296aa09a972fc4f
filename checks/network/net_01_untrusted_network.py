"""Hyper-V sends the memory of a migrating machine in clear text, so its way must be private, or encrypted beneath.

Passes when every network on which the destination accepts migrations is trusted, and every network through which a
source reached it: declared so, or private and without a way out; or when encryption is proven on every route that ends
here, of disks, too, where they move. Fails when one is untrusted: declared so, public address space, leading to the
internet, or public by category with a gateway. Warns where a network cannot be settled, and where an IPsec rule that
requires protection may cover an untrusted one. Compression counts for nothing.
"""

from __future__ import annotations

from dataclasses import replace

from checks.common.parts import combine
from checks.migration.choosing import CHOOSING, choose_networks, sources
from checks.migration.networks import migration_networks
from checks.network.encryption import encrypted_or_not
from checks.network.trust import network_trust, on_the_way, untrusted_alone
from scanner.api import Severity, Status, Subject, Verdict, View, check, not_applicable, scopes, unknown
from scanner.facts import hyperv, network, vm

FACTS = (
    *(*CHOOSING, hyperv.MigrationSettings, vm.VirtualMachineSettings, vm.VmSecurity),
    *(network.ConnectionProfile, network.DefaultRoute),
    *(network.SmbServerConfiguration, network.SmbClientConfiguration, network.ConnectionSecurityRule),
)


@check(
    id="NET-01",
    title="Migration traffic does not cross untrusted networks in clear",
    severity=Severity.HIGH,
    scope=scopes.DESTINATION,
    seed="S0-S3 #consider-options-for-authentication-and-networking (network preference)",
    needs=FACTS,
    remedy="Give migrations a physical network or VLAN of their own and list only that, or encrypt them.",
)
def untrusted_network(host: Subject, view: View) -> Verdict:
    """Judge one destination."""
    planned, setting = sources(view, host.host), migration_networks(view, host.host)
    parts = network_trust(view, host.host)
    if setting.unread and not setting.any_network:
        parts.append(unknown(setting.unread))
    if not parts:
        return not_applicable("the host has no usable migration network; see LM-08 and LM-10")
    if any(part.status is not Status.PASS for part in parts):
        parts = encrypted_or_not(view, host.host, parts, planned)
    there = combine(parts).status
    for source in planned:
        ways = on_the_way(view, source, host.host)
        parts += encrypted_or_not(view, host.host, ways, [source]) if ways else []
    verdict = combine(parts)
    if there not in (Status.FAIL, Status.WARN):  # the destination's list mends nothing of a source's way
        return verdict
    return replace(verdict, remedy=choose_networks(view, host.host, without=untrusted_alone(view, host.host)))
