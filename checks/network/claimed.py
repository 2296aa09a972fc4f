"""At which addresses planned moves arrive where the estate claims that IPsec protects them, and by which ports."""

from __future__ import annotations

import ipaddress

from checks.common.disks import DISKS, disks_move
from checks.common.migrating import TWO_WAYS, uses_smb
from checks.common.probing import MIGRATION, SMB
from checks.migration.networks import local_addresses, migration_networks, usable
from scanner.api import Fact, MissingEvidence, Subject, View
from scanner.facts.hyperv import MigrationNetwork
from scanner.facts.network import Address, NetworkAdapter

CLAIMED: tuple[type[Fact], ...] = (*TWO_WAYS, *DISKS, MigrationNetwork, NetworkAdapter)
"""What a check declares that asks."""


def addresses(view: View, route: Subject) -> list[Address]:
    """Those in such a network at which the destination takes the move; of disks alone any that it holds.

    The check must declare ``CLAIMED``.

    Raises:
        MissingEvidence: its addresses or its migration networks could not be read.
    """
    claims = [ipaddress.ip_network(text) for text in view.estate.ipsec]
    setting = migration_networks(view, route.destination)
    own = usable(view, route.destination) if _machines(view, route) else local_addresses(view, route.destination)
    if _machines(view, route) and setting.unread and not setting.any_network:
        raise MissingEvidence(setting.unread)
    return [local.address for local in own if any(local.address in claim for claim in claims)]


def ports(view: View, route: Subject) -> tuple[int, ...]:
    """TCP 6600 where machines move, and 445 where disks or memory go by SMB.

    Raises:
        MissingEvidence: whether something goes by SMB could not be read.
    """
    by_smb = disks_move(view, route.source, route.destination) or uses_smb(view, route.source)
    return ((MIGRATION,) if _machines(view, route) else ()) + ((SMB,) if by_smb else ())


def _machines(view: View, route: Subject) -> bool:
    plan = view.route(route.source, route.destination)
    return plan is None or plan.machines
