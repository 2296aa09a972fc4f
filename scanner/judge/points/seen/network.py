"""Networks: routes, adapters, what listens for migrations, what the firewall's rules are called."""

from __future__ import annotations

import ipaddress
import re

from scanner.facts.adapter import VLAN_BY_MODE, AdapterLayer, ManagementAdapter
from scanner.facts.base import guid_in
from scanner.facts.firewall import FirewallRule, PolicyFirewallProfile
from scanner.facts.hyperv import USER_MANAGED_ALL, MigrationNetwork, MigrationService, MigrationSettings, VMHost
from scanner.facts.listening import ListeningPort
from scanner.facts.neighbour import Address
from scanner.facts.network import ConnectionProfile, ConnectionSecurityRule, DefaultRoute
from scanner.judge.points.reading import Untold, settling, some, whole
from scanner.judge.points.values import Row, flag, items, number, text, texts
from scanner.words.point import Told
from scanner.words.recording import Held, Recording
from scanner.words.wording import counted

DEFAULT = ("0.0.0.0/0", "::/0")
MIGRATION_PORT = 6600
RULES = (
    "VIRT-MIGL-In-TCP-NoScope", "FPS-SMB-In-TCP", "VIRT-HVRHTTPL-In-TCP-NoScope", "VIRT-HVRHTTPSL-In-TCP-NoScope",
)  # fmt: skip
"""Rules that Windows brings, as remedies name them."""
GRAMMAR = re.compile(r"v\d+\.\d+\|(?:[A-Za-z0-9_]+=[^|]*\|)+")
"""Of a connection security rule: its version, then names and values (MS-GPFAS)"""
CONNECTIVITY = frozenset(range(5))


@settling
def default_route(recording: Recording) -> Told:
    """The filter gives the default route, and nothing else."""
    rows = some(recording, DefaultRoute, "a machine with a default route")
    prefixes = [text(row, "DestinationPrefix") for row in rows]
    others = sum(prefix not in DEFAULT for prefix in prefixes)
    if others:
        return Held.FAILS, f"{counted(others, 'route')} of another prefix came through the filter"
    if DEFAULT[0] not in prefixes:
        raise Untold("a machine with a default route of IPv4 would tell")
    return Held.HOLDS, f"{counted(len(rows), 'default route')}, and no other route"


@settling
def connectivity(recording: Recording) -> Told:
    """Connectivity is one of the numbers that are known."""
    for row in some(recording, ConnectionProfile, "a machine on a network that Windows has identified"):
        for name in ("IPv4Connectivity", "IPv6Connectivity"):
            if row.get(name) is not None and number(row, name) not in CONNECTIVITY:
                return Held.FAILS, f"{name} is none of 0 to 4"
    raise Untold("each is 0 to 4; a host that is known to be on the internet, and one that is not, would tell the rest")


@settling
def management_adapters(recording: Recording) -> Told:
    """An adapter of the host on a switch is an interface of its GUID, and tells its VLAN by mode and id."""
    known = {guid_in(text(row, "InterfaceGuid") or "") for row in whole(recording, AdapterLayer)} - {""}
    asked = [one for one in recording.asked if one.fact == ManagementAdapter.__name__]
    some(recording, ManagementAdapter, "a host with an adapter on a virtual switch")
    tagged = 0
    for row in (row for one in asked for row in one.rows):
        if guid_in(text(row, "DeviceId") or "") not in known:
            return Held.FAILS, "a DeviceId is the GUID of no interface"
        setting = row.get("VlanSetting")
        mode = number(setting, "OperationMode") if isinstance(setting, dict) else None
        if not isinstance(setting, dict) or mode not in VLAN_BY_MODE:
            return Held.FAILS, "VlanSetting holds no OperationMode of those that are known"
        key = VLAN_BY_MODE[mode]
        if key and not number(setting, key):
            return Held.FAILS, f"VlanSetting has an OperationMode of {mode:d}, and no {key}"
        tagged += bool(key)
    if not tagged:
        raise Untold("DeviceId is an interface's GUID; a host with a VLAN on such an adapter would tell the rest")
    return Held.HOLDS, f"{counted(tagged, 'adapter')} with a VLAN, told as mode and id"


@settling
def hardware(recording: Recording) -> Told:
    """Adapters on switches are no hardware, and layers lead from others to what is."""
    rows = {number(row, "InterfaceIndex"): row for row in some(recording, AdapterLayer, "a host")}
    virtual = {guid_in(text(row, "DeviceId") or "") for row in whole(recording, ManagementAdapter)} - {""}
    on_switch = [row for row in rows.values() if guid_in(text(row, "InterfaceGuid") or "") in virtual]
    if any(flag(row, "HardwareInterface") is not False for row in on_switch):
        return Held.FAILS, "an adapter on a virtual switch tells of itself that it is hardware, or nothing"
    layered = [row for row in rows.values() if flag(row, "HardwareInterface") is False and _lower(row)]
    lost = sum(not any(flag(rows.get(one, {}), "HardwareInterface") for one in _lower(row)) for row in layered)
    if lost:
        raise Untold(
            f"beneath {counted(lost, 'adapter')} there is no hardware in one step; `Get-NetAdapter` would tell"
        )
    if not on_switch or not layered:
        raise Untold("a host with an adapter on a virtual switch, and with a team, would tell")
    return Held.HOLDS, f"{counted(len(layered), 'adapter')} above hardware; none on a switch calls itself that"


def _lower(row: Row) -> tuple[int, ...]:
    return tuple(one for one in items(row, "LowerLayerInterfaceIndices") if isinstance(one, int))


@settling
def any_network(recording: Recording) -> Told:
    """The rows behind "use any network" bear the tag, and no others do."""
    told = {flag(row, "UseAnyNetworkForMigration") for row in some(recording, VMHost, "a host with the Hyper-V module")}
    rows = whole(recording, MigrationNetwork)
    tagged = any(USER_MANAGED_ALL in texts(row, "Tags") or number(row, "PrefixLength") == 0 for row in rows)
    if told not in ({True}, {False}):
        raise Untold("VMHost does not say whether any network is used")
    if told != {tagged}:
        return Held.FAILS, f"the module says {'yes' if True in told else 'no'}, and the tags say otherwise"
    if not tagged:
        raise Untold('neither says so here; a host that uses "any network" would tell')
    return Held.HOLDS, f"the module and the tags of {counted(len(rows), 'network')} both say so"


@settling
def migration_port(recording: Recording) -> Told:
    """Something listens on 6600 of each address that the service reports, and of no other."""
    if not any(flag(row, "EnableVirtualSystemMigration") for row in whole(recording, MigrationSettings)):
        raise Untold("a host that takes part in live migrations would tell")
    name = "MigrationServiceListenerIPAddressList"
    reported = {_address(one) for row in whole(recording, MigrationService) for one in texts(row, name)} - {None}
    rows = [row for row in whole(recording, ListeningPort) if number(row, "LocalPort") == MIGRATION_PORT]
    heard = {_address(text(row, "LocalAddress") or "") for row in rows} - {None}
    if not reported:
        raise Untold("a host that reports an address would tell")
    if any(one and one.is_unspecified for one in heard):
        raise Untold(f"TCP {MIGRATION_PORT} listens on every address; a host that listens on some would tell")
    if reported - heard:
        silent, every = len(reported - heard), counted(len(reported), "address", "addresses")
        return Held.FAILS, f"nothing listens on TCP {MIGRATION_PORT} of {silent} of {every} that it reports"
    if heard - reported:
        return Held.FAILS, f"it listens on TCP {MIGRATION_PORT} of an address that it does not report"
    return Held.HOLDS, f"TCP {MIGRATION_PORT} listens on {counted(len(reported), 'address', 'addresses')}, as reported"


def _address(told: str) -> Address | None:
    """Where others can reach the machine; nothing for an address of the link, of the machine alone, or none."""
    try:
        address = ipaddress.ip_address(told.split("%", maxsplit=1)[0])
    except ValueError:
        return None
    return None if address.is_link_local or address.is_loopback else address


@settling
def rule_names(recording: Recording) -> Told:
    """The rules that remedies name are there, and no policy leaves the machine's own out."""
    there = {(text(row, "name") or "").casefold() for row in whole(recording, FirewallRule)}
    missing = [name for name in RULES if name.casefold() not in there]
    if missing:
        return Held.FAILS, f"no rule is called {' or '.join(missing)}"
    if any(number(row, "AllowLocalPolicyMerge") == 0 for row in whole(recording, PolicyFirewallProfile)):
        return Held.FAILS, "the rules have these names, and a policy leaves out what is no policy's"
    return Held.HOLDS, f"{counted(len(RULES), 'rule')} called so, and no policy that leaves the machine's own out"


@settling
def grammar(recording: Recording) -> Told:
    """Connection security rules are written as documented."""
    rows = some(recording, ConnectionSecurityRule, "a host with a connection security rule")
    wrong = sum(not GRAMMAR.fullmatch(text(row, "rule") or "") for row in rows)
    if wrong:
        return Held.FAILS, f"written otherwise: {wrong} of {counted(len(rows), 'rule')}"
    raise Untold(f"{counted(len(rows), 'rule')} written as documented; traffic that one covers would tell the rest")
