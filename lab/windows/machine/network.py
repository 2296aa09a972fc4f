"""Classes of root\\StandardCimv2: addresses, adapters, profiles, routes, listening ports.

Both stores are there as on Windows (0 persistent, 1 active), with loopback and link-local addresses.
"""

from __future__ import annotations

from ipaddress import ip_interface
from typing import Any

from lab import contract
from lab.windows.machine.machine import Machine
from lab.windows.machine.parts import Adapter
from lab.windows.machine.tables import NET, Rows, table

PROFILES = ("public", "private", "domain")
CONNECTIVITY = ("none", "no traffic", "subnet", "local", "internet")
MANUAL, WELL_KNOWN, DHCP = 1, 2, 3  # PrefixOrigin


def _address(text: str, length: int, index: int, state: int, store: int, origin: int) -> dict[str, Any]:
    return {
        "IPAddress": text,
        "PrefixLength": length,
        "InterfaceIndex": index,
        "AddressFamily": 23 if ":" in text else 2,
        "AddressState": state,
        "Store": store,
        "SkipAsSource": False,
        "PrefixOrigin": origin,
    }


@table(NET, "MSFT_NetIPAddress")
def ip_addresses(machine: Machine) -> Rows:
    states = contract.enums()["MSFT_NetIPAddress.AddressState"]
    for index, adapter in machine.interfaces():
        state = states[adapter.address_state.capitalize()] if adapter.up else states["Tentative"]
        for text in adapter.addresses:
            interface = ip_interface(text)
            for store in (1, 0):  # the persistent copy has no live state
                live = state if store else states["Invalid"]
                yield _address(
                    str(interface.ip), interface.network.prefixlen, index, live, store, DHCP if adapter.dhcp else MANUAL
                )
        if adapter.up:
            scoped = f"{machine.link_local(index)}%{index}"
            yield _address(scoped, 64, index, states["Preferred"], 1, WELL_KNOWN)
    yield _address("127.0.0.1", 8, 1, states["Preferred"], 1, WELL_KNOWN)
    yield _address("::1", 128, 1, states["Preferred"], 1, WELL_KNOWN)


@table(NET, "MSFT_NetAdapter")
def adapters(machine: Machine) -> Rows:
    for index, adapter in machine.interfaces():
        speed = int(adapter.speed * 1_000_000_000)
        yield {
            "InterfaceIndex": index,
            "Name": adapter.name,
            "InterfaceGuid": f"{{{machine.guid('adapter', adapter.name)}}}",
            "InterfaceOperationalStatus": 1 if adapter.up else 2,
            "MediaConnectState": 1 if adapter.up else 2,
            "Speed": speed,
            "ReceiveLinkSpeed": speed,
            "Virtual": adapter.virtual,
            "Hidden": False,
            "HardwareInterface": not adapter.virtual,
            "VlanID": adapter.vlan,
            "PermanentAddress": mac_address(machine, adapter.name),
            "NetworkAddresses": [mac_address(machine, adapter.name)],
            "LowerLayerInterfaceIndices": [i for i in map(machine.interface, adapter.over) if i is not None] or None,
        }
    hidden = {"Virtual": True, "Hidden": True, "HardwareInterface": False, "InterfaceOperationalStatus": 1}
    guid = f"{{{machine.guid('adapter', 'kernel debugger')}}}"
    yield {"InterfaceIndex": 2, "Name": "Ethernet (Kernel Debugger)", "InterfaceGuid": guid, **hidden}


def mac_address(machine: Machine, adapter: str) -> str:
    """The MAC address of an adapter, without separators."""
    return "00155D" + machine.guid("mac", adapter)[:6]


@table(NET, "MSFT_NetNeighbor")
def neighbours(machine: Machine) -> Rows:
    """What is always there; whom a machine met stands in its file, for it knows nothing of the others."""
    states = contract.enums()["MSFT_NetNeighbor.State"]
    for index, adapter in machine.interfaces():
        if adapter.up:
            yield {
                "IPAddress": "224.0.0.22",
                "LinkLayerAddress": "01-00-5E-00-00-16",
                "InterfaceIndex": index,
                "InterfaceAlias": adapter.name,
                "AddressFamily": 2,
                "State": states["Permanent"],
                "Store": 1,
            }


@table(NET, "MSFT_NetConnectionProfile")
def connection_profiles(machine: Machine) -> Rows:
    for index, adapter in machine.interfaces():
        if adapter.up and adapter.addresses:
            yield {
                "InterfaceIndex": index,
                "Name": machine.state.domain if adapter.profile == "domain" else "Network",
                "NetworkCategory": PROFILES.index(adapter.profile),
                "IPv4Connectivity": _connectivity(adapter, ipv6=False),
                "IPv6Connectivity": _connectivity(adapter, ipv6=True),
                "DomainAuthenticationKind": 1 if adapter.profile == "domain" else 0,
            }


def _connectivity(adapter: Adapter, *, ipv6: bool) -> int:
    if any((":" in address) == ipv6 for address in adapter.addresses):
        return CONNECTIVITY.index(adapter.connectivity)
    return CONNECTIVITY.index("no traffic")


def _gateways(adapter: Adapter) -> list[str]:
    if isinstance(adapter.gateway, str):
        return [adapter.gateway]
    if not adapter.gateway or not adapter.addresses:
        return []
    return [str(next(ip_interface(adapter.addresses[0]).network.hosts()))]


@table(NET, "MSFT_NetRoute")
def routes(machine: Machine) -> Rows:
    for index, adapter in machine.interfaces():
        if not adapter.up:
            continue
        for hop in _gateways(adapter):
            prefix = "::/0" if ":" in hop else "0.0.0.0/0"
            for store in (1, 0):
                yield _route(prefix, hop, index, 0 if store else 256, store)
        for text in adapter.addresses:
            network = ip_interface(text).network
            yield _route(str(network), "::" if network.version == 6 else "0.0.0.0", index, 256, 1)


def _route(prefix: str, hop: str, index: int, metric: int, store: int) -> dict[str, Any]:
    return {
        "DestinationPrefix": prefix,
        "NextHop": hop,
        "InterfaceIndex": index,
        "RouteMetric": metric,
        "AddressFamily": 23 if ":" in prefix else 2,
        "Store": store,
    }


@table(NET, "MSFT_NetTCPConnection")
def connections(machine: Machine) -> Rows:
    for address, port, process in machine.listening():
        yield {"LocalAddress": address, "LocalPort": port, "OwningProcess": process, "State": 2}
    for address in machine.addresses()[:1]:
        yield {"LocalAddress": address, "LocalPort": 5985, "OwningProcess": 4, "State": 5}
