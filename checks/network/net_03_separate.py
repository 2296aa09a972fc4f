"""Memory on its way is not encrypted, so migrations get a network or VLAN apart from what manages the host and its VMs.

Judged is each interface on which the destination accepts migrations. Passes where it neither carries the default route
nor shares network or hardware with the interface that does, and where it has a VLAN id of its own, also as one of many
adapters of a virtual switch. Warns where it is shared, where it is the host's only network, and where migrations come
in on any network. A VLAN that the physical switch gives its port is seen by no host: the note says so. So is the id
that an isolation mode of the virtual switch sets.
"""

from __future__ import annotations

from checks.common.parts import combine
from checks.migration.networks import migration_networks, usable
from checks.network.adapters import ADAPTERS, each
from checks.network.separate import WANTED, WORKS, separate
from scanner.api import Severity, Subject, Verdict, View, Who, check, not_applicable, scopes, tell, unknown, warned
from scanner.facts.hyperv import MigrationNetwork, VMHost
from scanner.facts.network import DefaultRoute, IPAddress


@check(
    id="NET-03",
    title="Migrations have a network or VLAN of their own",
    warns="Migrations share a network, a VLAN or hardware with other traffic",
    severity=Severity.LOW,
    who=Who.NETWORK,
    of_machines=True,
    scope=scopes.DESTINATION,
    seed="S0-S3 #consider-options-for-authentication-and-networking (physically isolated network or VLAN)",
    needs=(MigrationNetwork, VMHost, IPAddress, *ADAPTERS, DefaultRoute),
    remedy="Give migrations a physical network, or an adapter of the switch in a VLAN of its own, and list that.",
)
def apart(host: Subject, view: View) -> Verdict:
    """Judge one destination."""
    setting = migration_networks(view, host.host)
    if setting.flag or setting.families:
        return warned(
            tell("any available network takes migrations, the one that manages the host too"), WANTED, works=WORKS
        )
    if setting.unread:
        return unknown(setting.unread, wanted=WANTED)
    addresses = each(usable(view, host.host))
    if not addresses:
        return not_applicable(tell("the host has no usable migration network; see LM-08 and LM-10"))
    return combine(separate(view, host.host, local) for local in addresses)
