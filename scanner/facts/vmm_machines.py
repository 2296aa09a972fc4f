"""Virtual machines and their adapters, as VMM lists them."""

from __future__ import annotations

from collections.abc import Mapping

from scanner.facts.base import guid_in, prop
from scanner.facts.vmm import ITSELF, VmmFact, vmm_fact
from scanner.words.query import Command


@vmm_fact(Command("Get-SCVirtualMachine", {**ITSELF, "All": True}), "VM", no_row="VMM lists no virtual machine")
class VmmVirtualMachine(VmmFact):
    """A virtual machine that VMM knows, on a host or stored in its library."""

    id: str = prop("ID", "VMM's own")
    hyper_v_id: str | None = prop("VMId", "Hyper-V's, which the host tells, too")
    name: str = prop("Name")
    cloud: str | None = prop("Cloud", "name; none where it is in no cloud")
    host: str | None = prop("HostName")
    group_path: str | None = prop("HostGroupPath", "of its host", clear="All Hosts")
    bios_guid: str | None = prop("BiosGuid")
    status: int | None = prop("Status", "numbers are not known")
    generation: int | None = prop("Generation", "since 2012 R2")

    @property
    def vm_id(self) -> str:
        """Hyper-V's id of it as subjects are called: lower case, without braces; empty where VMM tells none."""
        return guid_in(self.hyper_v_id or "")


@vmm_fact(
    Command("Get-SCVirtualNetworkAdapter", {**ITSELF, "All": True}),
    "VirtualNetworkAdapter",
    no_row="no virtual machine that VMM lists has a network adapter",
)
class VmmAdapter(VmmFact):
    """A network adapter of a virtual machine, or of a host."""

    id: str = prop("ID")
    name: str = prop("Name", "of the machine it belongs to")
    device_id: str = prop("DeviceID", r"Microsoft:MACHINE\ADAPTER, both as Hyper-V calls them")
    vm_network: str | None = prop("VMNetwork", "name; none where it is connected to none")
    logical_network: str | None = prop("LogicalNetwork", "name")
    switch: str | None = prop("VirtualNetwork", "name of the virtual switch; empty where it is not connected")
    host_management: bool | None = prop("IsUsedForHostManagement")

    @classmethod
    def accept(cls, raw: Mapping[str, object]) -> bool:
        """Adapters of templates and profiles, which belong to no machine, are listed, too."""
        device = raw.get("DeviceID")
        return isinstance(device, str) and bool(guid_in(device))

    @property
    def vm_id(self) -> str:
        """Hyper-V's id of the machine: lower case, without braces."""
        return guid_in(self.device_id)
