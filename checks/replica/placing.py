"""The verdicts on the places for replicas of a host: folders of its own, and shares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checks.common.member import is_member
from checks.common.parts import clip, combine, listing
from checks.host.room import volume_of
from checks.replica.arriving import arriving
from checks.replica.sharers import SHARERS, asks_sharers, known_already
from checks.replica.sharing import lacking
from checks.replica.storage import location, misplaced
from checks.share.accounts import WHO, asks_who, computer
from checks.share.places import Place, machine_of, shared
from scanner.api import (
    Ask,
    Fact,
    MissingEvidence,
    Profile,
    Verdict,
    View,
    counted,
    failed,
    joined,
    not_applicable,
    passed,
    powershell,
    quote,
    tell,
    unknown,
    warned,
)
from scanner.facts.host import ClusterInfo
from scanner.facts.replica_storage import ShareVolume
from scanner.facts.share import FolderAccess, SmbShare, is_folder
from scanner.facts.storage import Volume

ON_SHARE: tuple[type[Fact], ...] = tuple(dict.fromkeys((*WHO, *SHARERS, SmbShare, ShareVolume)))
GIB = 1 << 30
MAKE = "Invoke-Command -ComputerName <host> -ScriptBlock { New-Item -ItemType Directory -Path <folder> }"
MOVE = tell(
    "On a node itself, never with -ComputerName, name a folder below C:\\ClusterStorage or a share for replicas."
)
NO_POINTS = tell("; recovery points are not in it, for nobody tells how many")


def asks_place(view: View, host: str, source: str) -> Iterator[Ask]:
    """The questions about the folder, and who is who where it is a share."""
    folder = location(view, host, source)
    if is_folder(folder):
        yield Ask(FolderAccess, host, folder)
    elif folder:
        found = _behind(view, folder)
        if isinstance(found, Place):
            yield Ask(FolderAccess, found.machine, found.folder)
            yield from asks_sharers(view, host)
            yield from asks_who(view, found.machine, [computer(view, host), *known_already(view, host)])


def placed(view: View, host: str, sources: Sequence[str]) -> Iterator[Verdict]:
    """The verdict on each place for replicas from these sources."""
    places: dict[str, list[str]] = {}
    for source in sources:
        places.setdefault(location(view, host, source), []).append(source)
    for folder, some in places.items():
        yield _placed(view, host, folder, some)


def _placed(view: View, host: str, folder: str, sources: Sequence[str]) -> Verdict:
    if not folder:
        return not_applicable(tell("{host} takes no replicas from {sources}", host=host, sources=listing(sources)))
    if misplaced(view, host, folder):
        return failed(
            tell("replicas go to {folder}, which only one node of the cluster has", folder=clip(folder)),
            tell("a shared place"),
            MOVE,
        )
    if folder.startswith("\\\\"):
        return _on_share(view, host, folder)
    if not is_folder(folder):
        raise MissingEvidence(tell("{folder} is no folder on a drive of {host}", folder=clip(folder), host=host))
    rows = view.rows(FolderAccess, host)
    if all(row.folder.casefold() != folder.casefold() for row in rows):
        remedy = powershell(MAKE, host=host, folder=folder)
        return failed(
            tell("there is no folder {folder} on {host}", folder=clip(folder), host=host), tell("the folder"), remedy
        )
    volume = volume_of(view, host, folder)
    return _room(view, host, folder, volume, list(dict.fromkeys(_beside(view, host, volume))))


def _beside(view: View, host: str, volume: Volume) -> Iterator[str]:
    """The sources whose replicas go to a volume of a host; one of a cluster is of all its nodes, by the same name.

    One may come several times; a machine has one replica, whichever of the hosts takes it.
    """
    cluster = view.rows(ClusterInfo, host) if is_member(view, host) else ()
    for route in view.estate.routes:
        other = route.destination
        if not route.machines or (other != host and not (cluster and view.rows(ClusterInfo, other) == cluster)):
            continue
        folder = location(view, other, route.source)
        if is_folder(folder) and volume_of(view, other, folder).name.casefold() == volume.name.casefold():
            yield route.source


def _room(view: View, host: str, folder: str, volume: Volume, sources: Sequence[str]) -> Verdict:
    every = [view.shared(arriving, source) for source in sources]
    size, free = sum(one.files.size for one in every), volume.free or 0
    percent = view.estate.thresholds.disk_reserve_percent
    seen = tell(
        "{free:,} GiB free on {volume} for {gib} still to be copied",
        free=free // GIB,
        volume=clip(volume.name),
        gib=_gib(size),
    )
    untold = joined("; ", dict.fromkeys(one.files.untold for one in every if one.files.untold))
    if size > free:
        remedy = _free(size - free, folder, host)
        return failed(seen, tell("room for the disks"), remedy, note=untold)
    if untold:
        return unknown(untold)
    if size and (others := _of_other_kinds(view, host, sources)) > free - size:
        brought = tell(
            "other kinds of replication bring {gib} to {host} besides the {gib2} of this one",
            gib=_gib(others),
            host=host,
            gib2=_gib(size),
        )
        return unknown(
            tell(
                "{brought}: whether {volume} must hold both nobody tells, and it has no room for them",
                brought=brought,
                volume=clip(volume.name),
            )
        )
    more = sum(one.files.size * percent * (1 + one.points) // 100 for one in every)
    points = max((one.points for one in every), default=0)
    told = "" if all(one.told for one in every) else NO_POINTS
    told = tell(", and as much for each of {points}", points=counted(points, "recovery point")) if points else told
    estimate = tell("an estimate: {percent} % of the disks as reserve{told}", percent=percent, told=told)
    if size + more > free:
        remedy = _free(size + more - free, folder, host)
        works = tell("the disks fit as large as they are now")
        return warned(seen, tell("{gib} ({estimate})", gib=_gib(size + more), estimate=estimate), remedy, works=works)
    return passed(seen, note=estimate if size else "")


def _free(room: int, folder: str, host: str) -> str:
    return tell(
        "Free {room} more on the volume of {folder}, or name a folder on another one, on {host} itself.",
        room=quote(_gib(room)),
        folder=quote(folder),
        host=quote(host),
    )


def _of_other_kinds(view: View, host: str, sources: Sequence[str]) -> int:
    """Octets that replicas of other kinds bring to a host, by routes that are planned for these alone.

    Raises:
        MissingEvidence: their machines or their disks could not be read.
    """
    kinds = {Profile.REPLICA, Profile.ASR_VMM}
    routes = (route for route in view.besides if route.destination == host and route.machines)
    others = dict.fromkeys(route.source for route in routes if route.profiles & kinds and route.source not in sources)
    found = [view.shared(arriving, source).files for source in others]
    if untold := next((one.untold for one in found if one.untold), ""):
        raise MissingEvidence(untold)
    return sum(one.size for one in found)


def _on_share(view: View, host: str, folder: str) -> Verdict:
    found = _behind(view, folder)
    if not isinstance(found, Place):
        return found
    if lost := list(lacking(view, host, found)):
        return combine(lost)
    volume = _volume(view, found)
    return _room(view, host, folder, volume, list(dict.fromkeys(_sharing(view, found.machine, volume))))


def _sharing(view: View, machine: str, volume: Volume) -> Iterator[str]:
    """The sources whose replicas go to a volume of a machine with shares, whichever host takes them."""
    for route in view.estate.routes:
        folder = location(view, route.destination, route.source) if route.machines else ""
        found = _behind(view, folder) if folder.startswith("\\\\") else None
        if isinstance(found, Place) and found.machine == machine and _volume(view, found).device == volume.device:
            yield route.source


def _behind(view: View, folder: str) -> Place | Verdict:
    server = folder[2:].partition("\\")[0].lower()
    machine = machine_of(view, server)
    if machine in view.estate.hosts:
        raise MissingEvidence(
            tell(
                "{folder} is on {machine}, a Hyper-V host, whose shares are not read",
                folder=clip(folder),
                machine=machine,
            )
        )
    return shared(view, machine, folder.rstrip("\\"))


def _volume(view: View, found: Place) -> Volume:
    rows = [Volume(row.name, row.device, row.capacity, row.free) for row in view.rows(ShareVolume, found.machine)]
    inside = found.folder.casefold().rstrip("\\") + "\\"
    holding = [row for row in rows if row.name and inside.startswith(row.name.casefold())]
    best = max(holding, key=lambda row: len(row.name), default=None)
    if best is None or best.free is None or best.free < 0:
        raise MissingEvidence(
            tell(
                "ShareVolume of {machine}: none that holds {folder} tells its room",
                machine=found.machine,
                folder=clip(found.folder),
            )
        )
    return best


def _gib(size: int) -> str:
    return tell("{size:,} GiB", size=-(-size // GIB))
