"""A device that is a piece of the host cannot come along, and a machine that has one stays where it is.

Passes for a machine without such a device. Fails for an assigned PCI device, for a physical disk where storage moves,
for a part of a graphics adapter where either host is older than Windows Server 2025, and for a RemoteFX adapter where
the destination is newer than 2016. Unknown, since the condition can be read nowhere or nobody tried, are a physical
disk where storage stays, disks that machines share, virtual Fibre Channel, GPU partitions between hosts of 2025, and
RemoteFX else, and each kind that could not be read. A kind that a release does not know is none of its machines'.
"""

from __future__ import annotations

from checks.common.parts import combine
from checks.vm.devices import pinning
from scanner.api import Severity, Subject, Verdict, View, Who, check, passed, scopes, tell
from scanner.facts.devices import VmFibreChannel, VmGpuPartition, VmPciDevice, VmPhysicalDrive, VmRemoteFx
from scanner.facts.host import OperatingSystem
from scanner.facts.vm import VmStorage

KINDS = (VmPhysicalDrive, VmPciDevice, VmGpuPartition, VmFibreChannel, VmRemoteFx)


@check(
    id="VM-07",
    title="No device pins the virtual machine to its host",
    fails="A device pins the virtual machine to its host",
    severity=Severity.HIGH,
    who=Who.VIRTUAL_MACHINE,
    of_machines=True,
    scope=scopes.VM_ROUTE,
    seed="beyond seeds",
    needs=(VmStorage, OperatingSystem, *KINDS),
    of_source=KINDS,
    remedy="Shut the machine down and take the device out of its settings, or leave the machine where it is.",
)
def no_devices(move: Subject, view: View) -> Verdict:
    """Judge one virtual machine on one route."""
    parts = list(pinning(view, move))
    return combine(parts) if parts else passed(tell("no device that belongs to its host"))
