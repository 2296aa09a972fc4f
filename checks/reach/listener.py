"""The addresses on which a host listens for migrations, and what it means when only some of them are reached."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, replace

from checks.network.parts import listing
from checks.network.usable import local_addresses, migration_networks
from scanner.api import MissingEvidence, Status, Verdict, View, unknown
from scanner.facts.hyperv import MigrationService


@dataclass(frozen=True, slots=True)
class Listening:
    """Where a host listens for migrations."""

    addresses: tuple[str, ...]
    """those that other machines can reach, within the networks it accepts"""
    none: str = ""
    """why there are none"""
    unread: str = ""
    """what could not be read of the networks it accepts; then all its addresses count"""


def listening(view: View, host: str) -> Listening:
    """The host's listener. The check must declare ``MigrationService``, ``MigrationNetwork`` and ``VMHost``.

    Raises:
        MissingEvidence: the listener could not be read.
    """
    everywhere = view.one(MigrationService, host).addresses
    if not everywhere:
        return Listening((), f"{host} does not listen for migrations on any address that can be reached")
    setting = migration_networks(view, host)
    unread = "" if setting.any_network else setting.unread
    if unread:
        return Listening(everywhere, unread=unread)
    within = tuple(text for text in everywhere if setting.accepts(ipaddress.ip_address(text)))
    where = f"{host} listens for migrations on {listing(everywhere)} only, in none of the networks it accepts"
    return Listening(within, "" if within else where)


def settle(view: View, source: str, tried: Mapping[str, Verdict]) -> list[Verdict]:
    """Verdicts by address of the listener, where the source may do without some of the addresses.

    When another address connects, one in a network that the source is not in is a warning, for it is there for other
    sources. One in a network of the source stays a failure: a migration prefers it.
    """
    failing = {address: verdict for address, verdict in tried.items() if verdict.status is Status.FAIL}
    if not failing or not any(verdict.status is Status.PASS for verdict in tried.values()):
        return list(tried.values())
    try:
        networks = [local.network for local in local_addresses(view, source) if local.up is not False]
    except MissingEvidence as missing:
        others = [verdict for verdict in tried.values() if verdict.status is not Status.FAIL]
        return [*others, *(unknown(f"{verdict.seen}; {missing}") for verdict in failing.values())]
    settled: list[Verdict] = []
    for text, verdict in tried.items():
        near = any(ipaddress.ip_address(text) in network for network in networks)
        far = verdict.status is Status.FAIL and not near
        settled.append(replace(verdict, status=Status.WARN, note="another address connects") if far else verdict)
    return settled
