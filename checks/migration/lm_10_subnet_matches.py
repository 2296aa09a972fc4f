"""A listed migration network that none of the host's addresses lies in takes no migration, for nothing listens there.

Passes when every listed network holds an address of the host on an adapter that is up. Warns when some do not. Fails
when none does. Does not apply when nothing is listed or any network is used. Networks that overlap are noted.
"""

from __future__ import annotations

from itertools import combinations

from checks.common.parts import listing
from checks.migration.networks import holds, local_addresses, migration_networks
from scanner.api import (
    Severity,
    Subject,
    Verdict,
    View,
    check,
    failed,
    not_applicable,
    passed,
    powershell,
    scopes,
    unknown,
    warned,
)
from scanner.facts.hyperv import MigrationNetwork, VMHost
from scanner.facts.network import IPAddress, NetworkAdapter


@check(
    id="LM-10",
    title="Each listed subnet matches a local address of the host",
    severity=Severity.CRITICAL,
    scope=scopes.DESTINATION,
    seed="S0-S3 #use-hyper-v-manager-to-set-up-the-source-and-destination-computers-for-live-migration item 6",
    needs=(MigrationNetwork, VMHost, IPAddress, NetworkAdapter),
    remedy="List the networks that the host's migration adapters are really in.",
)
def subnet_matches(host: Subject, view: View) -> Verdict:
    """Judge one destination."""
    setting = migration_networks(view, host.host)
    if setting.any_network:
        return not_applicable("any available network is used")
    if not setting.listed or setting.unread:
        return unknown(setting.unread) if setting.unread else not_applicable("no migration network is listed")
    addresses = local_addresses(view, host.host)
    empty = [network for network in setting.listed if holds(network, addresses) is False]
    unsure = [network for network in setting.listed if holds(network, addresses) is None]
    if unsure:
        return unknown(f"NetworkAdapter of {host.host}: whether the adapters of {listing(unsure)} are up is not known")
    if not empty:
        overlap = any(one.overlaps(other) for one, other in combinations(setting.listed, 2))
        return passed(listing(setting.listed), note="some of the listed networks overlap" if overlap else "")
    template = "Remove-VMMigrationNetwork -ComputerName <host> -Subnet <subnet>  # then add the right subnet"
    remedy = "\n".join(powershell(template, host=host.host, subnet=str(network)) for network in empty[:10])
    seen = f"no address in {listing(empty)}; the host's own: {listing(a.address for a in addresses) or 'none'}"
    verdict = failed if len(empty) == len(setting.listed) else warned
    return verdict(seen, "an address of the host, on an adapter that is up, in every listed network", remedy)
