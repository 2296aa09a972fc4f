"""Images and drives in a virtual machine's CD, DVD and floppy drives: what of them is where the machine arrives."""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.disks import is_local
from checks.common.migrating import authentication
from checks.common.parts import clip
from checks.common.probing import reached
from checks.common.servers import is_itself, smb_of
from checks.delegation.file_servers import server_verdict
from checks.vm.drives import physical_drives
from scanner.api import (
    MissingEvidence,
    Status,
    Subject,
    Verdict,
    View,
    failed,
    powershell,
    tell,
    unknown,
    warned,
    worst,
)
from scanner.facts.hyperv import MigrationAuthentication
from scanner.facts.vm import VmStorage

EJECT = (
    "Get-VM -ComputerName <host> -Id <vm> | Get-VMDvdDrive | Where-Object Path -EQ <path> | Set-VMDvdDrive -Path $null"
)
EMPTY = tell("an empty drive")
SHARED = tell("an empty drive, or an image on a share that both hosts may open")
UNDER_VMM = tell("Virtual Machine Manager moves no machine with an image on a share (KB 2792049)")


def images(view: View, host: str, vm_id: str) -> tuple[VmStorage, ...]:
    """What lies in a machine's own drives, those of its checkpoints left out. The check must declare ``VmStorage``.

    Raises:
        MissingEvidence: the host's drives could not be read.
    """
    return view.derived(VmStorage, host, _images).get(vm_id, ())


def media(view: View, move: Subject) -> Iterator[Verdict]:
    """The verdicts on a machine's drives, none where all of them are empty.

    Raises:
        MissingEvidence: the host's drives could not be read.
    """
    for row in images(view, move.source, move.vm_id):
        yield _image(view, move, row)
    for drive in physical_drives(view, move.source, move.vm_id):
        if drive.is_dvd:
            yield failed(
                tell("a DVD drive of {source}", source=move.source),
                EMPTY,
                note=tell("take it out of the machine's settings"),
            )


def _image(view: View, move: Subject, row: VmStorage) -> Verdict:
    kind, path = _kind(row), clip(row.path)
    remedy = powershell(EJECT, host=move.source, vm=move.vm_id, path=row.path) if kind == "DVD" else ""
    if not kind:
        return unknown(
            tell(
                "{path} lies in a drive of a kind nobody knows: {sub_type}",
                path=path,
                sub_type=clip(row.sub_type or tell("none")),
            ),
            wanted=EMPTY,
        )
    if not row.file_server:
        if kind == "DVD":
            return failed(
                tell("{path} of {source}", path=path, source=move.source),
                EMPTY,
                remedy,
                note=tell("error 0xC03A0014 where it arrives"),
            )
        return unknown(
            tell(
                "floppy image {path} lies on {source}; whether the machine arrives nobody tried",
                path=path,
                source=move.source,
            ),
            wanted=EMPTY,
        )
    if view.estate.started_from and view.estate.started_from in view.estate.vmm_servers:
        return failed(path, EMPTY, remedy, note=UNDER_VMM)
    return _shared(view, move, row.file_server, path, remedy)


def _shared(view: View, move: Subject, server: str, path: str, remedy: str) -> Verdict:
    """An image on a share: the destination must reach the server, and act there for whoever starts the move."""
    for host, local in (
        (move.source, is_local(view, move.source, server)),
        (move.destination, is_itself(view, move.destination, server)),
    ):
        if local is not False:
            why = tell("{path}: the server may be {host} itself, which nobody tried", path=path, host=host)
            if local:
                why = tell("{path}: the server is {host} itself, which nobody tried", path=path, host=host)
            return unknown(why, wanted=SHARED)
    reach = reached(view, move.destination, smb_of(server))
    if reach.status is Status.FAIL:
        return failed(tell("{path}: {seen}", path=path, seen=reach.seen), SHARED, remedy)
    try:
        way = _delegated(view, move, server)
    except MissingEvidence as missing:
        way = unknown(tell("{path}: {missing}", path=path, missing=missing), wanted=SHARED)
    if way.status is Status.FAIL:
        return failed(tell("{path}: {seen}", path=path, seen=way.seen), SHARED, remedy, note=tell("see DEL-12"))
    parts = [part for part in (reach, way) if part.status is Status.UNKNOWN]
    if parts:
        return worst(parts)
    works = tell(
        "{destination} reaches {server}, and cifs to it is delegated", destination=move.destination, server=clip(server)
    )
    return warned(path, EMPTY, remedy, works=works)


def _delegated(view: View, move: Subject, server: str) -> Verdict:
    if authentication(view, move.source) is not MigrationAuthentication.KERBEROS:
        return unknown(tell("migrations sign in by CredSSP, and whether an image on a share comes along nobody tried"))
    return server_verdict(view, move.source, server)


def _kind(row: VmStorage) -> str:
    """What drive it lies in, by its kind, else by the file."""
    words, path = (row.sub_type or "").lower(), row.path.lower()
    if "dvd" in words or path.endswith(".iso"):
        return "DVD"
    return "floppy" if "floppy" in words or path.endswith(".vfd") else ""


def _images(rows: tuple[VmStorage, ...]) -> dict[str, tuple[VmStorage, ...]]:
    found: dict[str, tuple[VmStorage, ...]] = {}
    for row in rows:
        if row.path and not row.is_disk:
            found[row.owner] = (*found.get(row.owner, ()), row)
    return found
