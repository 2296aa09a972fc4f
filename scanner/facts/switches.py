"""Virtual switches, and what hangs on them."""

from __future__ import annotations

import re

from scanner.facts.base import WindowsFact, guid_in, prop, windows_fact
from scanner.facts.clear import OF_WMI
from scanner.facts.setting_data import SettingData
from scanner.words.query import HYPER_V, cim

CONNECTED, DISCONNECTED = 2, 3
"""EnabledState of a connection"""
SWITCH = re.compile(r'[:\\]Msvm_VirtualEthernetSwitch\.(?:.*,)?Name="([0-9A-F-]{36})"', re.IGNORECASE)
UPLINK = re.compile(r"[:\\]Msvm_(ExternalEthernet|WiFi)Port\.", re.IGNORECASE)
HOST = re.compile(r"[:\\]Msvm_ComputerSystem\.", re.IGNORECASE)


@windows_fact(
    cim("Msvm_VirtualEthernetSwitch", namespace=HYPER_V),
    service="vmms",
    no_row="the host has no virtual switch",
    key=("id",),
)
class VirtualSwitch(WindowsFact):
    """A virtual switch of the host."""

    id: str = prop("Name", "GUID")
    name: str = prop("ElementName", "as people gave it; two may be called alike")

    @property
    def guid(self) -> str:
        """Its GUID, lower case."""
        return guid_in(self.id)


@windows_fact(
    cim("Msvm_EthernetPortAllocationSettingData", namespace=HYPER_V),
    service="vmms",
    no_row="the host has no virtual switch, and no virtual machine an adapter",
    key=("instance_id",),
)
class SwitchConnection(SettingData):
    """What connects a machine's adapter with a virtual switch, or a switch with an adapter of the host."""

    instance_id: str = prop("InstanceID", "Microsoft: and the GUID of the machine, the checkpoint or the switch")
    state: int | None = prop("EnabledState", "2 connected, 3 not")
    resources: tuple[str, ...] = prop(
        "HostResource", "path of the switch; of a switch's own port, of what it leads to", clear=OF_WMI
    )
    pool: str | None = prop("PoolID", "the resource pool that a switch is taken from, where none is named")

    @property
    def switch(self) -> str:
        """GUID of the switch that an adapter names; empty where it names none."""
        return next((found[1].lower() for found in map(SWITCH.search, self.resources) if found), "")

    @property
    def names_something(self) -> bool:
        """Whether it names anything it leads to."""
        return any(self.resources)

    @property
    def is_uplink(self) -> bool:
        """A switch's port to an adapter of the host."""
        return any(map(UPLINK.search, self.resources))

    @property
    def is_host(self) -> bool:
        """A switch's port to the host itself."""
        return any(map(HOST.search, self.resources))
