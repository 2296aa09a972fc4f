"""The migration networks of a host in the order in which they are tried, each with the speed of its adapter."""

from __future__ import annotations

from dataclasses import dataclass

from checks.migration.networks import local_addresses
from scanner.api import MissingEvidence, View, tell
from scanner.facts.hyperv import MigrationNetwork, Network
from scanner.facts.network import NetworkAdapter

LAST = 2**32
"""Where a network without a number stands: behind all others, which none has in the settings (not proven)."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A network in which the host has an address that is up."""

    metric: int
    speed: int
    """of the fastest such adapter, bit/s"""
    network: Network

    def __str__(self) -> str:
        return f"{self.network} ({self.speed / 1_000_000_000:g} Gbit/s)"


def ranked(view: View, host: str) -> list[Ranked]:
    """The networks, first the one that is tried first, and of equals the fastest.

    The check must declare ``MigrationNetwork``, ``IPAddress`` and ``NetworkAdapter``.

    Raises:
        MissingEvidence: one of these was not read, or an adapter does not tell its speed.
    """
    speeds = {adapter.interface: adapter.speed for adapter in view.rows(NetworkAdapter, host)}
    addresses = [local for local in local_addresses(view, host) if local.up]
    numbers: dict[Network, int] = {}
    for row in view.rows(MigrationNetwork, host):
        metric = LAST if row.metric is None else row.metric
        numbers[row.network] = min(metric, numbers.get(row.network, LAST))
    found: list[Ranked] = []
    for network, metric in numbers.items():
        if inside := {local.interface for local in addresses if local.address in network}:
            told = [speeds.get(interface) for interface in inside]
            if None in told:
                raise MissingEvidence(
                    tell(
                        "NetworkAdapter of {host}: the speed of the adapter in {network} is not told",
                        host=host,
                        network=network,
                    )
                )
            found.append(Ranked(metric, max(speed or 0 for speed in told), network))
    return sorted(found, key=lambda one: (one.metric, -one.speed, str(one.network)))
