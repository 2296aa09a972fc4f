"""What of a machine keeps it from being replicated, for Hyper-V Replica and for Site Recovery."""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.parts import clip
from checks.vm.drives import physical_drives
from scanner.api import Fact, Profile, Subject, Verdict, View, counted, failed, tell, unknown
from scanner.facts.devices import VmPhysicalDrive
from scanner.facts.host import OperatingSystem
from scanner.facts.vm import VmStorage

ELIGIBLE: tuple[type[Fact], ...] = (VmStorage, VmPhysicalDrive, OperatingSystem)
"""What a check declares that asks."""
MOST_DISKS = 16
"""of a machine between VMM sites (Microsoft Learn: support matrix for Hyper-V to a secondary site)"""
OWN = tell("virtual disks of its own")


def reasons(view: View, machine: Subject) -> Iterator[Verdict]:
    """What speaks against it. The check must declare ``ELIGIBLE``.

    Raises:
        MissingEvidence: its disks or drives could not be read.
    """
    drives = [one for one in physical_drives(view, machine.host, machine.vm_id) if not one.is_dvd]
    for drive in drives:
        yield (
            failed(tell("a physical disk of {host}", host=machine.host), OWN)
            if drive.is_there
            else unknown(tell("a drive of the host that names no disk"), wanted=OWN)
        )
    disks = view.derived(VmStorage, machine.host, _disks).get(machine.vm_id, ())
    if not disks and not drives:
        yield unknown(
            tell("no virtual disk of it is listed, and nobody tried to replicate a machine without"), wanted=OWN
        )
    if not all(disk.path for disk in disks):
        yield unknown(tell("VmStorage of {host}: a virtual disk does not tell its file", host=machine.host), wanted=OWN)
    for disk in disks:
        yield from _shared(view, machine, disk)
    if view.profile is Profile.ASR_VMM and len(disks) > MOST_DISKS:
        yield failed(counted(len(disks), "disk"), tell("at most {most_disks} for Site Recovery", most_disks=MOST_DISKS))


def _shared(view: View, machine: Subject, disk: VmStorage) -> Iterator[Verdict]:
    name = clip(disk.path) or tell("a virtual disk")
    if disk.path.lower().endswith(".vhds"):
        if view.profile is Profile.ASR_VMM:
            yield failed(tell("{name} is a disk that several machines have", name=name), OWN)
        else:
            why = tell("a set for clusters of guests, which Replica is documented to take with all of their machines")
            yield unknown(tell("{name} is {why}: whether that is planned is not told", name=name, why=why), wanted=OWN)
    elif disk.shared:
        yield failed(tell("{name} is a disk that several machines have", name=name), OWN)
    elif disk.shared is None and view.one(OperatingSystem, machine.host).release != "2012":
        yield unknown(
            tell("VmStorage of {host}: {name} does not tell whether it is shared", host=machine.host, name=name)
        )


def _disks(rows: tuple[VmStorage, ...]) -> dict[str, tuple[VmStorage, ...]]:
    found: dict[str, list[VmStorage]] = {}
    for row in rows:
        if row.is_disk:
            found.setdefault(row.owner, []).append(row)
    return {owner: tuple(disks) for owner, disks in found.items()}
