"""Devices of a virtual machine that are a piece of its host."""

from __future__ import annotations

from scanner.facts.base import prop, windows_fact
from scanner.facts.clear import OF_WMI
from scanner.facts.setting_data import SettingData
from scanner.words.query import HYPER_V, cim


class Device(SettingData):
    """A device of a virtual machine or checkpoint; its settings bear the GUID of whose it is."""

    __slots__ = ()


@windows_fact(
    cim(
        "Msvm_ResourceAllocationSettingData",
        namespace=HYPER_V,
        where="ResourceSubType LIKE 'Microsoft:Hyper-V:Physical%'",
    ),
    service="vmms",
    no_row="no virtual machine has a drive of its host",
    key=("instance_id",),
)
class VmPhysicalDrive(Device):
    """A disk or drive of the host that a virtual machine has as its own."""

    instance_id: str = prop("InstanceID")
    sub_type: str | None = prop(
        "ResourceSubType",
        "…:Physical Disk Drive, …:Physical DVD Drive",
        clear=r"Microsoft:Hyper-V:Physical (?:Disk|DVD) Drive",
    )
    resources: tuple[str, ...] = prop("HostResource", "path of the drive", clear=OF_WMI)

    @property
    def is_dvd(self) -> bool:
        """A drive for CDs and DVDs."""
        return "dvd" in (self.sub_type or "").lower()

    @property
    def is_there(self) -> bool:
        """Whether it names a drive of the host."""
        return any(self.resources)


@windows_fact(
    cim("Msvm_PciExpressSettingData", namespace=HYPER_V),
    since="2016",
    service="vmms",
    no_row="no virtual machine has a PCI device of its host, or the host is older than 2016",
    key=("instance_id",),
)
class VmPciDevice(Device):
    """A PCI device that is assigned to a virtual machine (discrete device assignment)."""

    instance_id: str = prop("InstanceID")
    resources: tuple[str, ...] = prop("HostResource", "the device", clear=OF_WMI)


@windows_fact(
    cim("Msvm_GpuPartitionSettingData", namespace=HYPER_V),
    since="2016",
    service="vmms",
    no_row="no virtual machine has a part of a graphics adapter, or the host is older than 2016",
    key=("instance_id",),
)
class VmGpuPartition(Device):
    """A part of a graphics adapter of the host that a virtual machine has (GPU-P)."""

    instance_id: str = prop("InstanceID")
    resources: tuple[str, ...] = prop("HostResource", "the adapter, where one is named", clear=OF_WMI)


@windows_fact(
    cim("Msvm_SyntheticFcPortSettingData", namespace=HYPER_V),
    service="vmms",
    no_row="no virtual machine has a Fibre Channel adapter",
    key=("instance_id",),
)
class VmFibreChannel(Device):
    """A virtual Fibre Channel adapter."""

    instance_id: str = prop("InstanceID")
    port_name: str | None = prop("VirtualPortWWPN", "its first port name")


@windows_fact(
    cim("Msvm_Synthetic3DDisplayControllerSettingData", namespace=HYPER_V),
    service="vmms",
    no_row="no virtual machine has a RemoteFX adapter",
    key=("instance_id",),
)
class VmRemoteFx(Device):
    """A RemoteFX 3D video adapter."""

    instance_id: str = prop("InstanceID")
    monitors: int | None = prop("MaximumMonitors")
