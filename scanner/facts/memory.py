"""Memory: what a host has left, and what its virtual machines have and may have."""

from __future__ import annotations

from scanner.facts.base import WindowsFact, prop, windows_fact
from scanner.facts.setting_data import SettingData
from scanner.words.query import HYPER_V, cim


@windows_fact(cim("Win32_OperatingSystem"), least=1, key=())
class PhysicalMemory(WindowsFact):
    """Memory of the machine at the time of the run."""

    free: int | None = prop("FreePhysicalMemory", unit="KiB")
    total: int | None = prop("TotalVisibleMemorySize", unit="KiB")


@windows_fact(
    cim("Msvm_MemorySettingData", namespace=HYPER_V),
    service="vmms",
    no_row="the host has no virtual machine",
    key=("instance_id",),
)
class VmMemory(SettingData):
    """How much memory a virtual machine or checkpoint is set to have."""

    instance_id: str = prop("InstanceID")
    startup: int = prop("VirtualQuantity", "to start with; all of it where it is not dynamic", unit="MiB")
    minimum: int | None = prop("Reservation", "of dynamic memory", unit="MiB")
    maximum: int | None = prop("Limit", "of dynamic memory", unit="MiB")
    dynamic: bool = prop("DynamicMemoryEnabled")
