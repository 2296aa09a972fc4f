r"""Disks that move are copied as whole files: without room for them on the destination the move ends halfway.

Files on the source's own drives are added up, with those of checkpoints, and compared with the volume of the folder
that the destination gives to virtual disks. Passes where it holds them and a reserve (thresholds.disk_reserve_percent)
of their size, for they grow while they are copied; a warning where only the reserve lacks, or where disks of other
planned sources come to the same volume; fails where the files do not fit. Does not apply where no disk moves, or where
they go to a share. Unknown where a file's size or the volume was not told. A move that names another folder is not
judged, nor is the parent of a differencing disk that no machine has itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.disks import DISKS, disks_move
from checks.host.disk_files import FILES, asked, files
from checks.host.room import ROOM, compared, default_folder, share_of
from scanner.api import Ask, Severity, Subject, Verdict, View, Who, check, not_applicable, scopes, tell


def _asks(route: Subject, view: View) -> Iterator[Ask]:
    if disks_move(view, route.source, route.destination):
        yield from view.shared(asked, route.source)


@check(
    id="HOST-09",
    title="Destination has enough free disk space for moved storage",
    fails="Destination has too little free disk space for moved storage",
    warns="Destination's disk space leaves no reserve, or does not hold all planned sources",
    severity=Severity.HIGH,
    who=Who.STORAGE,
    scope=scopes.ROUTE,
    seed="S0-S3 #BKMK_Step1; #use-the-users-and-computers-snap-in-… item 9 (moving storage)",
    needs=(*ROOM, *FILES, *DISKS),
    asks=_asks,
    of_destination=ROOM,
    remedy="Extend the volume, free room on it, or give virtual disks another folder by default.",
)
def disk_room(route: Subject, view: View) -> Verdict:
    """Judge one direction."""
    source, end = route.source, route.destination
    if not disks_move(view, source, end):
        return not_applicable(tell("no disk moves"))
    plan = view.route(source, end)
    own = view.shared(files, source, shares=plan is None or plan.storage)
    if not own.count:
        return not_applicable(tell("no virtual disk of {source} is a file that moves", source=source))
    folder = default_folder(view, end)
    if share := share_of(folder):
        return not_applicable(tell("{end} puts virtual disks on {share}, whose room is not read", end=end, share=share))
    return compared(route, view, own, folder)
