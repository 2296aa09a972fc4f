"""Devices of a virtual machine that are a piece of its host, each judged by what is documented of its kind.

Where a kind came with a later release, a host without its class has none of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from checks.common.parts import clip
from checks.vm.drives import physical_drives
from scanner.api import MissingEvidence, Subject, Verdict, View, failed, joined, tell, unknown
from scanner.facts.devices import Device, VmFibreChannel, VmGpuPartition, VmPciDevice, VmRemoteFx
from scanner.facts.host import OperatingSystem
from scanner.facts.vm import VmStorage

D = TypeVar("D", bound=Device)
NONE = tell("no device that belongs to its host")
GPU_SINCE, REMOTEFX_LAST = 26100, 14393
"""Live migration with a part of a graphics adapter came with Windows Server 2025 (DXGK_GPUPCAPS, LiveMigration: with
WDDM 3.2); RemoteFX has Windows Server 2016 as its last host (Microsoft Learn: plan for GPU acceleration)."""
ASK_GPU = tell("its property SupportsOutgoingLiveMigration tells whether hardware and driver let it move")
FIBRE_CHANNEL = tell(
    "it moves where the destination has a virtual SAN of its name and the storage lets "
    "in both sets of port names, which no host tells"
)


def pinning(view: View, move: Subject) -> Iterator[Verdict]:
    """The verdicts on the devices that a machine has; those of a kind that could not be read are UNKNOWN."""
    for look in (_drives, _shared, _pci, _gpu, _fibre_channel, _remotefx):
        try:
            yield from look(view, move)
        except MissingEvidence as missing:
            yield unknown(str(missing), wanted=NONE)


def _drives(view: View, move: Subject) -> Iterator[Verdict]:
    for drive in physical_drives(view, move.source, move.vm_id):
        if drive.is_dvd:
            continue
        if not drive.is_there:
            yield unknown(tell("a drive of the host that names no disk"), wanted=NONE)
        elif _storage_moves(view, move):
            yield failed(
                tell("a physical disk of {source}", source=move.source),
                NONE,
                note=tell("a move of storage leaves out such a disk"),
            )
        else:
            yield unknown(
                tell("a physical disk of {source}: whether the other host has it nobody tried", source=move.source),
                wanted=NONE,
            )


def _storage_moves(view: View, move: Subject) -> bool:
    plan = view.route(move.source, move.destination)
    return plan is None or plan.storage


def _shared(view: View, move: Subject) -> Iterator[Verdict]:
    return shared(view, move.source, move.vm_id)


def shared(view: View, host: str, vm_id: str) -> Iterator[Verdict]:
    """Disks that several machines have at once. Before 2012 R2 there were none, so that no row says so there.

    The check must declare ``VmStorage`` and ``OperatingSystem``.

    Raises:
        MissingEvidence: they, or the release of one that does not tell, could not be read.
    """
    rows = view.derived(VmStorage, host, _disks).get(vm_id, ())
    untold = [row for row in rows if row.shared is None and not row.path.lower().endswith(".vhds")]
    for row in rows:
        if row.shared or row.path.lower().endswith(".vhds"):
            yield unknown(
                tell("{path} is shared with other machines: that it moves no document says", path=clip(row.path)),
                wanted=NONE,
            )
    if untold and view.one(OperatingSystem, host).release != "2012":
        yield unknown(
            tell("VmStorage of {host}: {path} does not tell whether it is shared", host=host, path=clip(untold[0].path))
        )


def _pci(view: View, move: Subject) -> Iterator[Verdict]:
    if _of(view, VmPciDevice, _pci_devices, move):
        yield failed(
            tell("a PCI device of {source}", source=move.source),
            NONE,
            note=tell("no live migration while a device is assigned (DDA)"),
        )


def _gpu(view: View, move: Subject) -> Iterator[Verdict]:
    if not _of(view, VmGpuPartition, _gpu_partitions, move):
        return
    seen = tell("a part of a graphics adapter (GPU-P)")
    builds = {host: view.one(OperatingSystem, host).build for host in (move.source, move.destination)}
    if old := [host for host, build in builds.items() if build < GPU_SINCE]:
        yield failed(
            tell("{seen}; {old} older than Windows Server 2025", seen=seen, old=joined(", ", old)),
            NONE,
            note=tell("it moves from 2025 on"),
        )
    else:
        yield unknown(tell("{seen}: {ask_gpu}", seen=seen, ask_gpu=ASK_GPU), wanted=NONE)


def _fibre_channel(view: View, move: Subject) -> Iterator[Verdict]:
    if _of(view, VmFibreChannel, _fibre_channels, move):
        yield unknown(
            tell("a virtual Fibre Channel adapter: {fibre_channel}", fibre_channel=FIBRE_CHANNEL), wanted=NONE
        )


def _remotefx(view: View, move: Subject) -> Iterator[Verdict]:
    if not _of(view, VmRemoteFx, _remotefx_adapters, move):
        return
    end = view.one(OperatingSystem, move.destination)
    seen = tell("a RemoteFX 3D video adapter")
    if end.build > REMOTEFX_LAST:
        yield failed(
            tell("{seen}; {destination} is newer than Windows Server 2016", seen=seen, destination=move.destination),
            NONE,
            note=tell("no later host has it"),
        )
    else:
        yield unknown(
            tell("{seen}, which updates of April 2021 took out of Windows (KB 4570006)", seen=seen), wanted=NONE
        )


def _of(view: View, fact: type[D], build: Callable[[tuple[D, ...]], frozenset[str]], move: Subject) -> bool:
    return move.vm_id in view.derived(fact, move.source, build)


def _pci_devices(rows: tuple[VmPciDevice, ...]) -> frozenset[str]:
    return _owners(rows)


def _gpu_partitions(rows: tuple[VmGpuPartition, ...]) -> frozenset[str]:
    return _owners(rows)


def _fibre_channels(rows: tuple[VmFibreChannel, ...]) -> frozenset[str]:
    return _owners(rows)


def _remotefx_adapters(rows: tuple[VmRemoteFx, ...]) -> frozenset[str]:
    return _owners(rows)


def _owners(rows: tuple[Device, ...]) -> frozenset[str]:
    return frozenset(row.owner for row in rows)


def _disks(rows: tuple[VmStorage, ...]) -> dict[str, tuple[VmStorage, ...]]:
    found: dict[str, tuple[VmStorage, ...]] = {}
    for row in rows:
        if row.is_disk:
            found[row.owner] = (*found.get(row.owner, ()), row)
    return found
