"""Which machine holds which address, by the word of every machine that was read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from scanner.api import Ask, Everything, Fact, MissingEvidence, View
from scanner.facts.neighbour import Address, Neighbour
from scanner.facts.network import IPAddress, NetworkAdapter

HOLDERS: tuple[type[Fact], ...] = (IPAddress, NetworkAdapter, Neighbour)
"""What a check declares that asks whom an attempt met, beside ``EndpointProbe``."""


@dataclass(frozen=True, slots=True)
class Holders:
    """Who holds what, by the word of every machine that was read."""

    machines: Mapping[Address, frozenset[str]]
    """by address that is in use"""
    shared: Mapping[str, tuple[Address, ...]]
    """by machine: its addresses that another one holds, too"""
    adapters: Mapping[str, frozenset[str]]
    """machines by link-layer address"""
    names: Sequence[str]
    """all machines whose addresses were read"""


def holders(view: View) -> Holders:
    """Who holds which address; made once for all. The check must declare ``IPAddress`` and ``NetworkAdapter``."""
    return view.across((IPAddress, NetworkAdapter), _holders)


def _holders(everything: Everything) -> Holders:
    machines: dict[Address, set[str]] = {}
    adapters: dict[str, set[str]] = {}
    for target, row in everything.rows(IPAddress):
        with suppress(MissingEvidence):  # a record of another version may lack what tells it
            if row.held and row.address is not None:
                machines.setdefault(row.address, set()).add(target)
    for target, row in everything.rows(NetworkAdapter):
        with suppress(MissingEvidence):
            for one in row.link_layer:
                adapters.setdefault(one, set()).add(target)
    shared: dict[str, list[Address]] = {}
    for address, names in machines.items():
        for name in names if len(names) > 1 else ():
            shared.setdefault(name, []).append(address)
    return Holders(
        {address: frozenset(names) for address, names in machines.items()},
        {name: tuple(addresses) for name, addresses in shared.items()},
        {one: frozenset(names) for one, names in adapters.items()},
        sorted({name for names in machines.values() for name in names}),
    )


def others(view: View, address: Address, *machines: str) -> frozenset[str]:
    """Who else holds an address."""
    return holders(view).machines.get(address, frozenset()) - frozenset(machines)


def neighbours_asked(view: View, source: str, destination: str) -> Iterator[Ask]:
    """The question who answered on the wire; only where another machine holds an address of the destination, too.

    It is read after the attempts, in their session. A check yields its attempts first.
    """
    for address in holders(view).shared.get(destination, ()):
        if source not in holders(view).machines[address]:
            yield Ask(Neighbour, source, str(address))
            return
