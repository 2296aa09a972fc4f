"""The volume on which a host puts virtual disks that no path is given for, and whether it holds what arrives."""

from __future__ import annotations

from checks.common.parts import clip
from checks.host.arriving import beside
from checks.host.disk_files import FILES, Files, totals
from scanner.api import (
    Fact,
    MissingEvidence,
    Subject,
    Verdict,
    View,
    counted,
    failed,
    passed,
    quote,
    tell,
    unknown,
    warned,
)
from scanner.facts.storage import StorageDefaults, Volume

ROOM: tuple[type[Fact], ...] = (StorageDefaults, Volume)
GIB = 1 << 30
LONG_SHARE = "\\\\?\\unc\\"
SHARED = "\\clusterstorage\\"
"""begins the folder, on the system's drive, below which volumes lie that nodes of a cluster share"""


def default_folder(view: View, host: str) -> str:
    r"""Where virtual disks go: a folder, or a share where it begins with ``\\``; needs StorageDefaults.

    Raises:
        MissingEvidence: it could not be read.
    """
    folder = (view.one(StorageDefaults, host).disks or "").replace("/", "\\")
    if folder.casefold().startswith(LONG_SHARE):
        return "\\\\" + folder[len(LONG_SHARE) :]
    folder = folder.removeprefix("\\\\?\\")
    if not folder:
        raise MissingEvidence(tell("StorageDefaults of {host}: it does not tell where virtual disks go", host=host))
    return folder


def volume_of(view: View, host: str, folder: str) -> Volume:
    """The volume that holds a folder: the one whose place is the longest. The check must declare Volume.

    Raises:
        MissingEvidence: volumes could not be read, or none holds it, or none that does tells its room.
    """
    inside = _ended(folder)
    holding = [row for row in view.rows(Volume, host) if row.name and inside.startswith(_place(row))]
    found = max(holding, key=lambda row: len(_place(row)), default=None)
    if found is None or (inside[2:].startswith(SHARED) and len(_place(found)) <= len("c:" + SHARED)):
        raise MissingEvidence(
            tell("Volume of {host}: none is listed that holds {folder}", host=host, folder=clip(folder))
        )
    if found.free is None or found.free < 0 or (found.capacity is not None and found.free > found.capacity):
        raise MissingEvidence(
            tell("Volume of {host}: {found} does not tell its room", host=host, found=clip(found.name))
        )
    return found


def _place(volume: Volume) -> str:
    return _ended(volume.name)


def _ended(folder: str) -> str:
    return folder.casefold().rstrip("\\") + "\\"


def share_of(folder: str) -> str:
    """The share that a folder is, as reports name it; empty for one on a volume of the host."""
    return clip(folder) if folder.startswith("\\\\") else ""


def compared(route: Subject, view: View, own: Files, folder: str) -> Verdict:
    """Judge whether the files fit. The check must declare ``ROOM`` and ``FILES``.

    Raises:
        MissingEvidence: as ``volume_of``.
    """
    volume = volume_of(view, route.destination, folder)
    free, percent = volume.free or 0, 100 + view.estate.thresholds.disk_reserve_percent
    whole = -(-own.size * percent // 100)
    seen = tell(
        "{free:,} GiB free on {volume}; {files} of {gib}",
        free=free // GIB,
        volume=clip(volume.name),
        files=counted(own.count, "file"),
        gib=_gib(own.size),
    )
    if own.size > free:
        remedy = tell(
            "Free {room} more on {volume} of {host}, or name a folder on another volume with each move.",
            room=quote(_gib(whole - free)),
            volume=quote(volume.name),
            host=quote(route.destination),
        )
        return failed(seen, tell("room for all of them"), remedy, note=own.untold)
    if own.untold:
        return unknown(own.untold)
    others = beside(route, view, view.across(FILES, totals), machines=False)
    if whole > free:
        return warned(
            seen, tell("{gib} with the reserve", gib=_gib(whole)), works=tell("the files fit as large as they are now")
        )
    if own.size + others.total > free:
        works = tell("the files of this source fit by themselves")
        return warned(
            tell("{seen}; from {named} {gib} more", seen=seen, named=others.named, gib=_gib(others.total)),
            tell("room for all sources"),
            works=works,
        )
    return passed(seen, note=others.note)


def _gib(size: int) -> str:
    return tell("{size:,} GiB", size=-(-size // GIB))
