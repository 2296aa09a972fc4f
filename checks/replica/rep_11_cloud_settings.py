"""The settings of a pair of clouds must agree with each other: Site Recovery gives them to every machine it protects.

Passes when application-consistent snapshots, where there are any, are made more often than there are hours of recovery
points, and when the copy frequency is one that the hosts take. Fails when the snapshots' hours are not fewer than the
additional recovery points; with none of these there can be no snapshots. A frequency other than five minutes is a
warning where a host of either cloud runs 2012, which does not take it. UNKNOWN where the estate tells snapshots and no
recovery points, where VMM's clouds were not read, and where a build that decides was not told. What the estate leaves
open is not judged, nor are values that machines have in VMM, which may not be lower. Recovery points need room on the
target: the note says so.
"""

from __future__ import annotations

from checks.common.parts import combine
from checks.replica.frequency import frequency
from checks.replica.recovery_points import points
from checks.vmm.clouds import CLOUDS, both, planned
from scanner.api import Profile, Severity, Status, Subject, Verdict, View, Who, check, not_applicable, scopes, tell
from scanner.facts.host import OperatingSystem
from scanner.facts.vmm import VmmHost


@check(
    id="REP-11",
    title="Frequency, recovery points and app-consistent interval are consistent",
    fails="Planned snapshots are too far apart for the recovery points, or a cloud is missing",
    warns="Hosts of Windows Server 2012 do not take the planned copy frequency",
    severity=Severity.LOW,
    who=Who.OPERATOR,
    profiles=(Profile.ASR_VMM,),
    follows=("VMM-03",),
    scope=scopes.CLOUD_PAIR,
    seed="S4 #step-4-configure-cloud-protection-settings items 5-7",
    needs=(*CLOUDS, VmmHost, OperatingSystem),
    remedy="Plan more recovery points or a shorter interval of snapshots in [[cloud_pair]] and in Site Recovery.",
)
def cloud_settings(pair: Subject, view: View) -> Verdict:
    """Judge one pair."""
    rows = planned(view, pair)
    parts = [part for row in rows for part in points(row)]
    if any(part.status is Status.FAIL for part in parts):
        return combine(parts)
    if parts or any(row.frequency for row in rows):
        sides = both(view, pair)
        if isinstance(sides, Verdict):
            return sides
        parts += [part for row in rows for part in frequency(view, sides, row.frequency)]
    return (
        combine(parts) if parts else not_applicable(tell("the estate tells no frequency, recovery points or snapshots"))
    )
