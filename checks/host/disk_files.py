"""The files of virtual disks that arrive with a move: which, how large, and what of it could not be told.

Of a machine with checkpoints the whole chain counts: each checkpoint's own disks and what was written since.
Pass-through disks are no files, and images in drives are no disks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from checks.common.disks import is_local
from checks.common.moving import moving, named
from checks.common.parts import clip
from scanner.api import Ask, Everything, Fact, Gap, MissingEvidence, View, counted, joined, tell
from scanner.facts.base import guid_in
from scanner.facts.storage import DiskFile, askable
from scanner.facts.vm import VirtualMachineSettings, VirtualMachineState, VmStorage

FILES: tuple[type[Fact], ...] = (VirtualMachineSettings, VirtualMachineState, VmStorage, DiskFile)
NOBODY: frozenset[str] = frozenset()
DIFFERENCES = (".avhd", ".avhdx")
"""end the names of files that hold what was written since a checkpoint"""


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a host's machines that move."""

    size: int
    """of those that were told, in bytes"""
    count: int
    untold: str
    """why there may be more; empty where all were told"""


@dataclass(frozen=True, slots=True)
class Disk:
    """The file of a virtual disk."""

    path: str
    server: str
    """of a share; empty on a drive of the host"""


Paths = dict[str, dict[str, Disk]]
"""Disks by machine, each once however its path is written."""


def asked(view: View, host: str, *, without: frozenset[str] = NOBODY) -> tuple[Ask, ...]:
    """The questions for the files that lie on the host's own drives, of all machines but these."""
    paths = _all_paths(view, host, without)
    arguments = DiskFile.arguments(disk.path for machine in paths.values() for disk in machine.values())
    return tuple(Ask(DiskFile, host, argument) for argument in arguments)


def files(view: View, host: str, *, shares: bool, without: frozenset[str] = NOBODY) -> Files:
    """What arrives from a host: files on its own drives, and on shares those of its own, or all where they move, too.
    Machines ``without`` whose files it shall be are left out.

    The check must declare ``FILES`` and ``DISKS``.

    Raises:
        MissingEvidence: the machines or their disks could not be read.
    """
    paths = _all_paths(view, host, without)
    servers = {disk.server for machine in paths.values() for disk in machine.values() if disk.server}
    moved = {server for server in servers if shares or is_local(view, host, server) is not False}
    return _files(host, paths, view.ask(DiskFile, host), moved)


def _all_paths(view: View, host: str, without: frozenset[str]) -> Paths:
    rows = view.rows(VirtualMachineSettings, host)
    names = {vm_id: name for vm_id, name in moving(view, host).items() if vm_id not in without}
    return _paths(view.rows(VmStorage, host), _owners(rows, names))


def totals(everything: Everything) -> dict[str, int | None]:
    """The size of the files on each host's own drives; nothing where that cannot be told."""
    return {host: _total(everything, host) for host in everything.targets(VmStorage)}


def _total(everything: Everything, host: str) -> int | None:
    rows, states = everything.ask(VirtualMachineSettings, host), everything.ask(VirtualMachineState, host)
    disks = everything.ask(VmStorage, host)
    if isinstance(rows, Gap) or isinstance(disks, Gap):
        return None
    try:
        owners = _owners(rows, named(everything.estate, host, rows, () if isinstance(states, Gap) else states))
    except MissingEvidence:
        return None
    found = _files(host, _paths(disks, owners), everything.ask(DiskFile, host), ())
    return None if found.untold else found.size


def _owners(rows: Iterable[VirtualMachineSettings], names: dict[str, str]) -> dict[str, str]:
    """The machine of each id that owns disks: its own, and those of its checkpoints."""
    owners = {guid_in(row.instance_id): row.vm_id for row in rows} | {vm_id: vm_id for vm_id in names}
    return {owner: vm_id for owner, vm_id in owners.items() if vm_id in names}


def _paths(rows: Iterable[VmStorage], owners: dict[str, str]) -> Paths:
    found: Paths = {}
    for row in rows:
        if row.is_disk and row.path and row.owner in owners:
            path = row.path.replace("/", "\\").removeprefix("\\\\?\\")
            found.setdefault(owners[row.owner], {})[path.casefold()] = Disk(path, row.file_server)
    return found


def _files(host: str, paths: Paths, told: tuple[DiskFile, ...] | Gap, moved: Collection[str]) -> Files:
    sizes: dict[str, int] = {}
    for row in () if isinstance(told, Gap) else told:
        if row.size is not None and row.size > 0:  # no file of a virtual disk is empty
            sizes[row.path.casefold()] = max(row.size, sizes.get(row.path.casefold(), 0))
    every = {key: disk for machine in paths.values() for key, disk in machine.items()}
    local = {key: disk for key, disk in every.items() if not disk.server}
    far = sum(disk.server in moved for disk in every.values())
    lacking = [disk.path for key, disk in local.items() if key not in sizes]
    why: list[str] = []
    if lacking and isinstance(told, Gap):
        why.append(str(told))
    elif lacking:
        text = tell("is not there, or empty") if askable(lacking[0]) else tell("cannot be asked for")
        why.append(
            tell(
                "DiskFile of {host}: {files} untold; {lacking} {text}",
                host=host,
                files=counted(len(lacking), "file"),
                lacking=clip(lacking[0]),
                text=text,
            )
        )
    if far:
        why.append(tell("the size of {files} on shares, which only their servers know", files=counted(far, "file")))
    if any(all(key.endswith(DIFFERENCES) for key in machine) for machine in paths.values()):
        why.append(tell("VmStorage of {host}: differences are listed without the disks that they are of", host=host))
    known = sum(sizes.get(key, 0) for key in local)
    return Files(known, len(local) + far, joined("; ", why))
