"""What is said of the migration networks that a host lists, and which of them are open whoever is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from checks.common.parts import listing
from checks.migration.choosing import sources
from checks.migration.networks import Local, MigrationNetworks, holds, not_of
from scanner.api import View, joined, tell
from scanner.facts.hyperv import Network


def open_by_both(setting: MigrationNetworks, own: Sequence[Local]) -> list[object]:
    """What the module and the raw settings both open, and the host has an address in."""
    families = {local.address.version for local in own if local.up}
    return [
        *(network for network in setting.listed if holds(network, own)),
        *(tell("every IPv{family} network", family=family) for family in setting.families & families if setting.flag),
    ]


def notes(view: View, host: str, listed: Sequence[Network], addresses: Sequence[Local]) -> str:
    """What is worth a look at networks that all hold an address of the host; empty where nothing is."""
    return joined("; ", _notes(view, host, listed, addresses))


def _notes(view: View, host: str, listed: Sequence[Network], addresses: Sequence[Local]) -> Iterator[str]:
    if any(one.overlaps(two) for one, two in combinations(listed, 2)):
        yield tell("some of the listed networks overlap")
    for source in sources(view, host):
        if own := [network for network in listed if not holds(network, not_of(view, source, addresses))]:
            yield tell(
                "in {own} the host has only addresses that {source} holds itself", own=listing(own), source=source
            )
