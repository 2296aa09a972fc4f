"""The files of a virtual machine: where its configuration, its checkpoints, smart paging and all of its disks lie."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from checks.common.disks import is_local
from checks.common.parts import clip
from scanner.api import MissingEvidence, View, tell
from scanner.facts.base import guid_in
from scanner.facts.vm import VirtualMachineSettings, VmStorage, server_of

SHARED = re.compile(r"(\\\\\?\\)?[a-z]:\\ClusterStorage(\\|$)", re.IGNORECASE)
LOCAL, NODES, OWN = (
    tell("on volumes of the host"),
    tell("on volumes that nodes of a cluster share"),
    tell("on a share of the host itself"),
)

DISK = tell("a virtual disk")


@dataclass(frozen=True, slots=True)
class Paths:
    """Every path, each once, and what tells none."""

    disks: tuple[str, ...]
    folders: tuple[str, ...]
    silent: tuple[str, ...]
    """kinds of file whose path is empty"""


def paths_of(view: View, host: str, vm_id: str) -> Paths:
    """The paths of one machine. The check must declare ``VirtualMachineSettings`` and ``VmStorage``.

    Raises:
        MissingEvidence: the machine is not listed, or a fact could not be read.
    """
    rows = view.derived(VirtualMachineSettings, host, _by_machine).get(vm_id)
    if rows is None:
        raise MissingEvidence(
            tell(
                "VirtualMachineSettings of {host}: no machine with the id {vm_id}",
                host=host,
                vm_id=vm_id or tell("missing"),
            )
        )
    disks = view.derived(VmStorage, host, _by_owner)
    owners = dict.fromkeys(guid_in(row.instance_id) for row in rows)
    files = [disk.path for owner in owners for disk in disks.get(owner, ()) if disk.is_disk]
    folders = [folder for row in rows for folder in _roots(row)]
    silent = [kind for kind, path in (*folders, *((DISK, path) for path in files)) if not path]
    return Paths(_each(files), _each(path for _, path in folders), _each(silent))


def classes_of(view: View, host: str, found: Paths) -> dict[str, str]:
    """What kind of place each path is. The check must declare ``DISKS``.

    Raises:
        MissingEvidence: whether a server is the host itself is not known.
    """
    classes: dict[str, str] = {}
    for path in (*found.disks, *found.folders):
        server = server_of(path)
        here = is_local(view, host, server)
        if here is None:
            raise MissingEvidence(
                tell(
                    "IPAddress of {host}: whether {server} is the host itself is not known",
                    host=host,
                    server=clip(server),
                )
            )
        volume = NODES if SHARED.match(path.replace("/", "\\")) else LOCAL
        classes[path] = volume if not server else OWN if here else tell("on {server}", server=clip(server))
    return classes


def is_here(kind: str) -> bool:
    """Whether another host cannot open it there."""
    return kind in (LOCAL, NODES, OWN)


def _roots(row: VirtualMachineSettings) -> tuple[tuple[str, str], ...]:
    return (
        (tell("the configuration"), row.configuration_root or ""),
        (tell("the checkpoints"), row.snapshot_root or ""),
        (tell("smart paging"), row.swap_root or ""),
    )


def _each(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, texts)))


def _by_machine(rows: tuple[VirtualMachineSettings, ...]) -> dict[str, list[VirtualMachineSettings]]:
    """The rows of each machine, its checkpoints' after its own."""
    found: dict[str, list[VirtualMachineSettings]] = {row.vm_id: [row] for row in rows if row.is_machine}
    for row in rows:
        if row.is_part and row.vm_id in found:
            found[row.vm_id].append(row)
    return found


def _by_owner(rows: tuple[VmStorage, ...]) -> dict[str, list[VmStorage]]:
    found: dict[str, list[VmStorage]] = {}
    for row in rows:
        found.setdefault(row.owner, []).append(row)
    return found
