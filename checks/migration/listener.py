"""At which addresses the migration service of a host says that it listens, and what of that others can reach."""

from __future__ import annotations

import ipaddress

from checks.common.probing import MIGRATION, connects, endpoint
from checks.migration.choosing import sources
from checks.migration.networks import Local, local_addresses, migration_networks, usable
from scanner.api import View, tell
from scanner.facts.hyperv import MigrationService
from scanner.facts.neighbour import is_isatap


def reachable(service: MigrationService) -> list[str]:
    """The addresses that are neither of one link alone nor of a tunnel."""
    return [text for text in service.addresses if not is_isatap(ipaddress.ip_address(text))]


def at_migration_addresses(view: View, host: str) -> list[Local]:
    """Those of them that the host holds, on no adapter that is down, and on which it accepts migrations.

    Raises:
        MissingEvidence: what the service says, or the host's addresses, could not be read.
    """
    there, setting = reachable(view.one(MigrationService, host)), migration_networks(view, host)
    own = local_addresses(view, host, held=True)
    return [a for a in own if str(a.address) in there and a.up is not False and setting.accepts(a.address)]


def answers(view: View, host: str) -> str:
    """A migration address of the host at which a planned source met it; empty where none did, or none is known."""
    for source in sources(view, host):
        for local in usable(view, host):
            if connects(view, source, endpoint(str(local.address), MIGRATION), destination=host):
                return tell("{source} connects to {address}", source=source, address=local.address)
    return ""
