"""Virtual machines as the Hyper-V module tells them."""

from __future__ import annotations

from scanner.facts.base import WindowsFact, guid_in, prop, windows_fact
from scanner.words.query import Command


@windows_fact(
    Command("Get-VM"),
    module="Hyper-V",
    absent=("module",),
    service="vmms",
    yields="Microsoft.HyperV.PowerShell.VirtualMachine",
    no_row="the Hyper-V module is not installed, or the host has no virtual machine",
    key=("id",),
)
class VmRuntime(WindowsFact):
    """What only the Hyper-V module tells of a virtual machine: its state with what is wrong, role and memory."""

    id: str = prop("Id", "GUID")
    state: int | None = prop("State", "2 running, 3 off, 6 saved, 9 paused; 32785 to 32796 critical")
    operational_status: tuple[int, ...] = prop("OperationalStatus", "first 2 in order, 11 busy; second what with")
    clustered: bool | None = prop("IsClustered", "a role of a failover cluster")
    assigned: int | None = prop("MemoryAssigned", "what it has now, 0 where it is off", unit="bytes", default=None)

    @property
    def vm_id(self) -> str:
        """GUID of the machine."""
        return guid_in(self.id)
