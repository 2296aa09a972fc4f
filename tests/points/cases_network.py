"""Of networks, the firewall, and values of the registry without a documented layout."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from scanner.facts.adapter import AdapterLayer, ManagementAdapter
from scanner.facts.firewall import FirewallRule, PolicyFirewallProfile
from scanner.facts.hyperv import USER_MANAGED_ALL, MigrationNetwork, MigrationService, MigrationSettings, VMHost
from scanner.facts.listening import ListeningPort
from scanner.facts.network import ConnectionProfile, ConnectionSecurityRule, DefaultRoute
from scanner.facts.processor import Processor, ProcessorFirmware
from scanner.facts.replica import AsrProxySettings
from scanner.facts.winhttp import WinHttpProxy
from scanner.judge.points.seen import network, outward
from scanner.words.recording import Recording
from tests.points.case import FAILS, HOLDS, OPEN, Case, host, with_lines
from tests.points.recordings import answered, changed, failure, recorded, rows_of, without

RULE = "v2.28|Action=Secure|Active=TRUE|Dir=In|Auth1Set={1}|"


def listening(*addresses: str, reported: tuple[str, ...] = ("10.20.0.11", "fe80::1%7")) -> Recording:
    """A host that reports some addresses for migrations, and listens on some."""
    others = [row for row in rows_of(host(), ListeningPort) if row["LocalPort"] != network.MIGRATION_PORT]
    rows = [{"LocalAddress": one, "LocalPort": 6600, "OwningProcess": 2000} for one in addresses]
    made = changed(host(), MigrationService, MigrationServiceListenerIPAddressList=list(reported))
    return answered(made, ListeningPort, *others, *rows)


def layers(*rows: tuple[int, bool | None, list[int]]) -> Recording:
    """A host with adapters of these indices, hardware or not, above others; the first hangs on a switch."""
    known = rows_of(host(), AdapterLayer)[0]["InterfaceGuid"]
    made = [
        {"InterfaceIndex": index, "InterfaceGuid": known if place == 0 else None, "HardwareInterface": hardware,
         "VlanID": None, "LowerLayerInterfaceIndices": lower}
        for place, (index, hardware, lower) in enumerate(rows)
    ]  # fmt: skip
    return answered(host(), AdapterLayer, *made)


def vlan(**setting: Any) -> Recording:
    return changed(host(), ManagementAdapter, VlanSetting=setting or None)


def any_network(told: object, *rows: dict[str, Any]) -> Recording:
    return answered(changed(host(), VMHost, UseAnyNetworkForMigration=told), MigrationNetwork, *rows)


def settings(proxy: bytes, bypass: bytes = b"", flags: int = 3, behind: bytes = b"") -> Recording:
    """A host with these settings of WinHTTP."""
    head = bytes((0x28, 0, 0, 0, 2, 0, 0, 0, flags, 0, 0, 0))
    data = head + b"".join(len(text).to_bytes(4, "little") + text for text in (proxy, bypass)) + behind
    return answered(host(), WinHttpProxy, {"WinHttpSettings": list(data)})


def octets(*values: object) -> Recording:
    return answered(host(), WinHttpProxy, {"WinHttpSettings": list(values)})


def firmware(maker: str, *revision: int) -> Recording:
    rows = [row | {"Manufacturer": maker} for row in rows_of(host(), Processor)]
    return changed(answered(host(), Processor, *rows), ProcessorFirmware, **{"Update Revision": list(revision)})


TAGGED = {"SubnetNumber": "10.0.0.0", "PrefixLength": 8, "Tags": [USER_MANAGED_ALL]}
PLAIN = {"SubnetNumber": "10.0.0.0", "PrefixLength": 8, "Tags": ["Microsoft:UserManaged"]}
ROUTE = {"DestinationPrefix": "0.0.0.0/0", "NextHop": "10.0.0.1", "InterfaceIndex": 4}
INTEL, AMD = "GenuineIntel", "AuthenticAMD"

CASES = [
    Case(network.default_route, HOLDS, "2 default routes", host),
    Case(network.default_route, FAILS, "1 route of another prefix",
         lambda: answered(host(), DefaultRoute, ROUTE, ROUTE | {"DestinationPrefix": "10.0.0.0/8"})),
    Case(network.default_route, FAILS, "of another prefix", lambda: answered(host(), DefaultRoute, {})),
    Case(network.default_route, OPEN, "with a default route would", lambda: answered(host(), DefaultRoute)),
    Case(network.default_route, OPEN, "of IPv4", lambda: answered(host(), DefaultRoute, {"DestinationPrefix": "::/0"})),
    Case(network.default_route, OPEN, "not asked", lambda: without(host(), DefaultRoute)),
    Case(network.connectivity, FAILS, "IPv4", lambda: changed(host(), ConnectionProfile, IPv4Connectivity=5)),
    Case(network.connectivity, FAILS, "IPv6", lambda: changed(host(), ConnectionProfile, IPv6Connectivity="Internet")),
    Case(network.connectivity, OPEN, "would tell the rest", lambda: changed(
        host(), ConnectionProfile, IPv4Connectivity=4, IPv6Connectivity=None)),
    Case(network.connectivity, OPEN, "identified", lambda: answered(host(), ConnectionProfile)),
    Case(network.management_adapters, HOLDS, "1 adapter with a VLAN", lambda: vlan(OperationMode=1, AccessVlanId=7)),
    Case(network.management_adapters, HOLDS, "1 adapter with a VLAN",
         lambda: with_lines("", 'name = "Production"\n\n[[vm]]', 'name = "Production"\nvlan = 7\n\n[[vm]]')),
    Case(network.management_adapters, FAILS, "no AccessVlanId", lambda: vlan(OperationMode=1, NativeVlanId=7)),
    Case(network.management_adapters, FAILS, "no NativeVlanId", lambda: vlan(OperationMode=2, NativeVlanId=0)),
    Case(network.management_adapters, FAILS, "no OperationMode", lambda: vlan(OperationMode=4)),
    Case(network.management_adapters, FAILS, "no OperationMode", vlan),
    Case(network.management_adapters, FAILS, "of no interface", lambda: changed(
        host(), ManagementAdapter, DeviceId="Microsoft:x")),
    Case(network.management_adapters, OPEN, "VLAN on such an adapter", host),
    Case(network.management_adapters, OPEN, "virtual switch would", lambda: answered(host(), ManagementAdapter)),
    Case(network.hardware, HOLDS, "1 adapter above hardware",
         lambda: layers((1, False, []), (2, False, [3]), (3, True, []))),
    Case(network.hardware, FAILS, "that it is hardware", lambda: layers((1, True, []), (2, False, [3]), (3, True, []))),
    Case(network.hardware, FAILS, "or nothing", lambda: layers((1, None, []), (2, False, [3]), (3, True, []))),
    Case(network.hardware, OPEN, "and with a team", lambda: layers((1, False, []), (3, True, []))),
    Case(network.hardware, OPEN, "no hardware in one step",
         lambda: layers((1, False, [2]), (2, False, [3]), (3, True, []))),
    Case(network.hardware, OPEN, "adapter on a virtual switch, and",
         lambda: answered(layers((1, False, [2]), (2, True, [])), ManagementAdapter)),
    Case(network.any_network, HOLDS, "1 network", lambda: any_network(True, TAGGED)),
    Case(network.any_network, FAILS, "says yes", lambda: any_network(True, PLAIN)),
    Case(network.any_network, FAILS, "says yes", lambda: any_network(True)),
    Case(network.any_network, FAILS, "says no", lambda: any_network(False, PLAIN, TAGGED)),
    Case(network.any_network, OPEN, "neither says so", lambda: any_network(False, PLAIN)),
    Case(network.any_network, OPEN, "does not say", lambda: any_network(None, TAGGED)),
    Case(network.any_network, OPEN, "the Hyper-V module", lambda: answered(host(), VMHost)),
    Case(network.migration_port, HOLDS, "1 address, as reported", host),
    Case(network.migration_port, HOLDS, "2 addresses", lambda: listening(
        "10.20.0.11", "2001:DB8:0::1", "fe80::1%7", reported=("10.20.0.11", "2001:db8::1", "fe80::1"))),
    Case(network.migration_port, FAILS, "of 1 of 1", listening),
    Case(network.migration_port, FAILS, "of 1 of 2",
         lambda: listening("10.20.0.11", reported=("10.20.0.11", "10.30.0.11"))),
    Case(network.migration_port, FAILS, "does not report", lambda: listening("10.20.0.11", "10.10.0.11")),
    Case(network.migration_port, OPEN, "every address", lambda: listening("0.0.0.0")),
    Case(network.migration_port, OPEN, "reports an address", lambda: listening(reported=("fe80::1%7",))),
    Case(network.migration_port, OPEN, "takes part", lambda: changed(
        host(), MigrationSettings, EnableVirtualSystemMigration=False)),
    Case(network.migration_port, OPEN, "ListeningPort was not asked", lambda: without(host(), ListeningPort)),
    Case(network.rule_names, HOLDS, "4 rules", host),
    Case(network.rule_names, FAILS, "FPS-SMB-In-TCP", lambda: answered(
        host(), FirewallRule, {name: "v2.30|" for name in network.RULES if not name.startswith("FPS")})),
    Case(network.rule_names, FAILS, "a policy leaves out", lambda: answered(
        host(), PolicyFirewallProfile, {"PSPath": "x", "AllowLocalPolicyMerge": 0})),
    Case(network.rule_names, OPEN, "with an error", lambda: answered(
        host(), PolicyFirewallProfile, failures=(failure("System.Security.SecurityException,x"),))),
    Case(network.grammar, FAILS, "1 of 2 rules", lambda: answered(
        host(), ConnectionSecurityRule, {"PSPath": "x", "{1}": RULE, "{2}": "Action=Secure"})),
    Case(network.grammar, OPEN, "1 rule written as documented", lambda: answered(
        host(), ConnectionSecurityRule, {"PSPath": "x", "{1}": RULE})),
    Case(network.grammar, OPEN, "has no row", host),
    Case(outward.winhttp, HOLDS, "nothing behind", lambda: settings(b"proxy.corp.example:8080", b"<local>")),
    Case(outward.winhttp, HOLDS, "nothing behind", lambda: settings(b"http=p:80;https=p:8080", behind=bytes(12))),
    Case(outward.winhttp, FAILS, "goes on behind", lambda: settings(b"p:80", b"", behind=b"\1\0\0\0x")),
    Case(outward.winhttp, FAILS, "none can be read", lambda: settings(b"")),
    Case(outward.winhttp, FAILS, "longer than what is left", lambda: octets(*bytes(12), 200, 0, 0, 0)),
    Case(outward.winhttp, FAILS, "no list of octets", lambda: octets(1, 2, 3)),
    Case(outward.winhttp, FAILS, "no list of octets", lambda: answered(host(), WinHttpProxy, {"WinHttpSettings": "x"})),
    Case(outward.winhttp, OPEN, "no proxy is set", host),
    Case(outward.winhttp, OPEN, "goes directly", lambda: answered(host(), WinHttpProxy, {"WinHttpSettings": None})),
    Case(outward.winhttp, OPEN, "has no row", lambda: answered(host(), WinHttpProxy)),
    Case(outward.provider_proxy, HOLDS, "name a proxy", lambda: answered(
        host(), AsrProxySettings, {"ProxyAddress": "http://proxy.corp.example", "ProxyPort": "8080"})),
    Case(outward.provider_proxy, FAILS, "no host and no port", lambda: answered(
        host(), AsrProxySettings, {"ProxyAddress": "http://proxy.corp.example", "ProxyPort": "none"})),
    Case(outward.provider_proxy, FAILS, "no host and no port", lambda: answered(
        host(), AsrProxySettings, {"ProxyAddress": "proxy.corp.example", "ProxyPort": None})),
    Case(outward.provider_proxy, OPEN, "known to have a proxy", lambda: answered(
        host(), AsrProxySettings, {"ProxyAddress": None, "ProxyPort": None})),
    Case(outward.provider_proxy, OPEN, "behind a proxy would", host),
    Case(outward.revision, HOLDS, "upper half", host),
    Case(outward.revision, HOLDS, "upper half", lambda: firmware(INTEL, 0, 0, 0, 0, 5, 54, 0, 5)),
    Case(outward.revision, HOLDS, "lower half", lambda: firmware(AMD, 5, 54, 0, 5, 0, 0, 0, 0)),
    Case(outward.revision, FAILS, "half of Update Revision", lambda: firmware(INTEL, 5, 54, 0, 5, 0, 0, 0, 0)),
    Case(outward.revision, FAILS, "half of Update Revision", lambda: firmware(AMD, 0, 0, 0, 0, 5, 54, 0, 5)),
    Case(outward.revision, FAILS, "half of Update Revision", lambda: firmware(INTEL, 1, 0, 0, 0, 5, 54, 0, 5)),
    Case(outward.revision, FAILS, "8 octets", lambda: firmware(INTEL, 5, 54, 0, 5)),
    Case(outward.revision, OPEN, "were replaced", lambda: replace(host(), hidden=1)),
    Case(outward.winhttp, OPEN, "were replaced", lambda: replace(settings(b"p:80"), hidden=1)),
    Case(outward.revision, OPEN, "a hypervisor hides", lambda: firmware(INTEL, 0, 0, 0, 0, 255, 255, 255, 255)),
    Case(outward.revision, OPEN, "Intel or AMD", lambda: firmware("Somebody", 0, 0, 0, 0, 5, 54, 0, 5)),
    Case(outward.revision, OPEN, "no revision",
         lambda: changed(host(), ProcessorFirmware, **{"Update Revision": None})),
    Case(outward.revision, OPEN, "Processor has no row", lambda: answered(host(), Processor)),
    Case(network.default_route, OPEN, "with a default route would",
         lambda: recorded('name = "h"\nrelease = "2019"\n[[adapter]]\nname = "a"\naddresses = ["10.0.0.1/8"]\n')),
]  # fmt: skip
