"""What an adapter of a host stands on: hardware, others beneath it, or one of its virtual switches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from scanner.facts.base import WindowsFact, guid_in, prop, windows_fact
from scanner.words.query import NETWORK, Command, cim

VLAN_BY_MODE = {0: "", 1: "AccessVlanId", 2: "NativeVlanId", 3: "PrimaryVlanId"}
"""VMNetworkAdapterVlanMode: untagged, access, trunk, private; and which id untagged packets of the adapter get."""


@windows_fact(cim("MSFT_NetAdapter", namespace=NETWORK), least=1, key=("interface",))
class AdapterLayer(WindowsFact):
    """What a network adapter is made of; the same adapter as ``NetworkAdapter``, by its interface.

    A fact of its own: records hold adapters without a word of this, and what reads those alone loses nothing by it.
    """

    interface: int = prop("InterfaceIndex")
    guid: str | None = prop("InterfaceGuid", "as in {…}")
    hardware: bool | None = prop("HardwareInterface", "false: of a virtual switch, of a team ...")
    vlan: int | None = prop("VlanID", "0 or null: none as far as this adapter knows")
    lower: tuple[int, ...] = prop("LowerLayerInterfaceIndices", "interfaces beneath it")


@windows_fact(
    Command("Get-VMNetworkAdapter", {"ManagementOS": True}),
    module="Hyper-V",
    service="vmms",
    yields="Microsoft.HyperV.PowerShell.VMInternalNetworkAdapter",
    no_row="no virtual switch has an adapter of the host",
)
class ManagementAdapter(WindowsFact):
    """An adapter by which the host itself hangs on a virtual switch."""

    name: str = prop("Name", "as it was given")
    device: str = prop("DeviceId", "the interface's GUID, in braces")
    switch: str | None = prop("SwitchName")
    vlan: int | None = prop("VlanSetting", "the id that its packets get at the switch; 0 none; null: not told")

    @classmethod
    def expand(cls, raw: Mapping[str, object]) -> Iterable[Mapping[str, object]]:
        """The id alone, of the object that holds a mode and an id for each."""
        setting = raw.get("VlanSetting")
        if not isinstance(setting, dict):
            return (raw,)
        told = cast("Mapping[str, object]", setting)
        mode = told.get("OperationMode")
        key = VLAN_BY_MODE.get(mode) if isinstance(mode, int) else None
        return ({**raw, "VlanSetting": 0 if key == "" else told.get(key) if key else None},)

    @property
    def guid(self) -> str:
        """The interface's GUID, as other facts are compared by it."""
        return guid_in(self.device)
