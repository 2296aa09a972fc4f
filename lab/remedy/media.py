"""Commands about the CD and DVD drives of virtual machines, and the one that picks among what it is handed."""

from __future__ import annotations

from dataclasses import dataclass

from lab.remedy.command import Call, command
from lab.remedy.hyper_v import change_vm, vms
from lab.remedy.world import Host, Refused
from lab.windows.machine.parts import Vm


@dataclass(frozen=True)
class Drive:
    """A drive of a virtual machine, and the image in it."""

    host: Host
    vm: Vm
    path: str


@command("Get-VMDvdDrive", "VMName", on="Hyper-V")
def get_dvd_drive(call: Call) -> tuple[Drive, ...]:
    """CD and DVD drives of virtual machines, to be handed on."""
    return tuple(Drive(host, vm, vm.dvd) for host, vm in vms(call) if vm.dvd is not None)


@command("Where-Object", "Property EQ", places="Property", required="Property EQ")
def where_object(call: Call) -> tuple[Drive, ...]:
    """Those of which a property has a value, in whichever case."""
    wanted, name = call.text("EQ").casefold(), call.text("Property").casefold()
    if name != "path" or not all(isinstance(row, Drive) for row in call.rows or ()):
        raise Refused(f"{call.known.name}: nothing that comes down the pipeline has a property {name}")
    return tuple(row for row in call.rows or () if row.path.casefold() == wanted)


@command("Set-VMDvdDrive", "Path", required="Path", on="Hyper-V")
def set_dvd_drive(call: Call) -> None:
    """What lies in a drive; `$null` empties it."""
    if not call.rows:
        raise Refused(f"{call.known.name}: no drive holds that")
    for row in call.rows:
        call.fits(row.host)
        change_vm(row.host, row.vm, dvd=call.text("Path") if call.given["Path"] is not None else "")
