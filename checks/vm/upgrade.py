"""How a machine that is too old for its destination gets there: the command, where one does it, else the way in words.

``Update-VMVersion`` exists from 2016 on, knows no version but the newest of its host, and has no way back. So it helps
where the source itself has it and the destination runs what comes out of it; else the way leads over other hosts.
"""

from __future__ import annotations

from checks.common.supported import Supported, supported
from checks.common.versions import BY_BUILD, OF_2012, OLDEST, Version, told
from scanner.api import Gap, MissingEvidence, Subject, View, joined, powershell, tell
from scanner.facts.base import RELEASES
from scanner.facts.host import OperatingSystem

UPGRADE = "Get-VM -ComputerName <host> -Id <vm> | Update-VMVersion -Confirm  # irreversible; needs it off"
BETWEEN = {"2016": 14393, "2019": 17763}
"""releases that run the versions of 2012 R2 and upgrade them, with their builds"""


def arrives_upgraded(view: View, move: Subject, found: Version) -> bool:
    """Whether the destination upgrades it on arrival, as 2012 R2 does what comes from 2012.

    Raises:
        MissingEvidence: a release that decides could not be read.
    """
    ends = (move.source, move.destination)
    return found == OF_2012 and [view.one(OperatingSystem, host).release for host in ends] == ["2012", "2012R2"]


def demanded(view: View, move: Subject, found: Version) -> bool:
    """Whether the machine must be upgraded before it moves, as VM-02 says. The check must declare what that does.

    Raises:
        MissingEvidence: what the destination runs could not be read.
    """
    theirs = supported(view, move.destination)
    old = found not in theirs.versions and found < theirs.versions[-1]
    if old and theirs.odd:
        raise MissingEvidence(tell("{odd}; {told} may be among them", odd=theirs.odd, told=told(found)))
    return old and not arrives_upgraded(view, move, found)


def way(view: View, move: Subject, found: Version, theirs: Supported) -> tuple[str, str]:
    """Command and words; without a command the words alone say what to do. The version is none of ``theirs``."""
    rows = view.ask(OperatingSystem, move.source)
    release = "" if isinstance(rows, Gap) or len(rows) != 1 else rows[0].release
    if release and RELEASES.index(release) >= RELEASES.index("2016"):
        newest = _newest(view, move.source)
        if newest is not None and newest in theirs.versions and found < newest:
            if lost := _lost(view, move.source, found, newest):
                return "", tell(
                    "upgraded to {version}, {lost} takes it no more: plan one of the moves alone",
                    version=told(newest),
                    lost=joined(", ", lost),
                )
            remedy = powershell(UPGRADE, host=move.source, vm=move.vm_id)
            return remedy, tell(
                "upgrade it to {version}; then no host with older versions alone takes it back", version=told(newest)
            )
    if found < OLDEST:
        first = tell(
            "take it to Windows Server 2012 R2, which upgrades {version} from 2012 on arrival", version=told(OF_2012)
        )
        if OLDEST in theirs.versions:
            return "", first
        return "", tell("{first}; then {next}", first=first, next=_over(theirs))
    return "", _over(theirs)


def _newest(view: View, host: str) -> Version | None:
    try:
        return supported(view, host).versions[-1]
    except MissingEvidence:
        return None


def _lost(view: View, source: str, found: Version, newest: Version) -> list[str]:
    """The source's planned destinations that run the version, and not the one that it would have after an upgrade."""
    lost: list[str] = []
    for end in dict.fromkeys(route.destination for route in view.estate.routes if route.source == source):
        try:
            versions = supported(view, end).versions
        except MissingEvidence:
            continue
        if found in versions and newest not in versions:
            lost.append(end)
    return lost


def _over(theirs: Supported) -> str:
    over = [release for release, build in BETWEEN.items() if BY_BUILD[build][-1] in theirs.versions]
    if not over:
        return tell("upgrade it on a host whose newest version the destination runs")
    return tell(
        "move it to a host of Windows Server {releases}, upgrade it there, and move it on",
        releases=joined(" or ", over),
    )
