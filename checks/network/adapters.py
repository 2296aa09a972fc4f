"""The adapters of a host: the VLAN that one is in, and the hardware beneath it.

A VLAN that a physical switch gives its port is seen by no adapter: to the host such a network is untagged.
"""

from __future__ import annotations

from collections.abc import Iterable

from checks.migration.networks import Local
from scanner.api import MissingEvidence, View, tell
from scanner.facts.adapter import AdapterLayer, ManagementAdapter
from scanner.facts.base import guid_in
from scanner.facts.network import NetworkAdapter

ADAPTERS = (NetworkAdapter, AdapterLayer, ManagementAdapter)
"""What a check declares that asks for VLANs."""


def each(addresses: Iterable[Local]) -> list[Local]:
    """One address of each interface."""
    return list({local.interface: local for local in addresses}.values())


def named(local: Local) -> str:
    """The network of an address, and the interface that leads there."""
    return tell("{network} (interface {interface})", network=local.network, interface=local.interface)


def adapter_of(view: View, host: str, interface: int) -> NetworkAdapter:
    """The adapter of an interface.

    Raises:
        MissingEvidence: adapters were not read, or this one is not among them.
    """
    found = view.derived(NetworkAdapter, host, _by_interface).get(interface)
    if found is None:
        raise MissingEvidence(
            tell("NetworkAdapter of {host}: interface {interface} is not listed", host=host, interface=interface)
        )
    return found


def layer_of(view: View, host: str, interface: int) -> AdapterLayer:
    """What the adapter of an interface stands on.

    Raises:
        MissingEvidence: adapters were not read, or one of the two answers about them does not list this one.
    """
    adapter_of(view, host, interface)
    found = view.derived(AdapterLayer, host, _layers).get(interface)
    if found is None:
        raise MissingEvidence(
            tell("AdapterLayer of {host}: interface {interface} is not listed", host=host, interface=interface)
        )
    return found


def _by_interface(rows: tuple[NetworkAdapter, ...]) -> dict[int, NetworkAdapter]:
    return {row.interface: row for row in rows}


def _layers(rows: tuple[AdapterLayer, ...]) -> dict[int, AdapterLayer]:
    return {row.interface: row for row in rows}


def on_a_switch(view: View, host: str, interface: int) -> ManagementAdapter | None:
    """Where the adapter hangs on a virtual switch; nothing if it is hardware, or hangs on none.

    Raises:
        MissingEvidence: it is no hardware as far as it says, and the adapters on virtual switches were not read.
    """
    layer = layer_of(view, host, interface)
    if layer.hardware:
        return None
    guid = guid_in(layer.guid or "")
    return next((row for row in view.rows(ManagementAdapter, host) if guid and row.guid == guid), None)


def vlan_of(view: View, host: str, interface: int) -> int:
    """The id of the VLAN that the host puts an interface's packets in; 0 if none.

    Raises:
        MissingEvidence: it could not be read.
    """
    virtual = on_a_switch(view, host, interface)
    if virtual is None:
        return layer_of(view, host, interface).vlan or 0
    if virtual.vlan is None:
        raise MissingEvidence(
            tell(
                "ManagementAdapter of {host}: the VLAN of interface {interface} is not told",
                host=host,
                interface=interface,
            )
        )
    return virtual.vlan


def hardware(view: View, host: str, interface: int) -> tuple[int, ...]:
    """The hardware that an adapter is made of, itself if it is some; nothing where the way down is not told.

    Raises:
        MissingEvidence: as ``layer_of``, of the adapter itself.
    """
    layer_of(view, host, interface)
    rows = view.derived(AdapterLayer, host, _layers)
    found: dict[int, None] = {}
    left, seen = [interface], set[int]()
    while left:
        one = rows.get(left.pop())
        if one is None or one.interface in seen:
            continue
        seen.add(one.interface)
        if one.hardware is False:
            left += one.lower
        else:
            found[one.interface] = None
    return tuple(found)
