"""Microsoft mends faults of moves and of replication in updates, and Site Recovery asks for hosts with the latest ones.

Passes where the newest update with a day is no older than thresholds.update_days; older ones, and none at all, are a
warning and never more: the list tells neither what a cumulative update holds nor what was offered. For Site Recovery a
node of a cluster on 2012 R2 without KB2961977 is a warning, too. Unknown where no update tells its day.
"""

from __future__ import annotations

from checks.common.member import is_member
from checks.host.update_age import AGE, WORKS, age_verdict
from scanner.api import Profile, Severity, Subject, Verdict, View, Who, check, scopes, tell, warned, worst
from scanner.facts.host import ClusterInfo, OperatingSystem, Service
from scanner.facts.upkeep import Update

FOR_2012R2_NODES = "KB2961977"


@check(
    id="HOST-11",
    title="Hosts carry recent updates",
    warns="Recent or required updates are not listed on the host",
    severity=Severity.LOW,
    who=Who.HOST,
    profiles=Profile,
    by_profile=True,
    scope=scopes.HOST,
    seed="S4 #before-you-start row Hyper-V (latest updates)",
    needs=(*AGE, Service, ClusterInfo),
    remedy="Install the latest cumulative update by Windows Update or your update server, and restart the host.",
    ends="the newest update is too old",
)
def updates(host: Subject, view: View) -> Verdict:
    """Judge one host for one kind of move."""
    age = age_verdict(view, host.host)
    if view.profile is not Profile.ASR_VMM or view.one(OperatingSystem, host.host).release != "2012R2":
        return age
    listed = {(row.name or "").upper() for row in view.rows(Update, host.host)}
    if FOR_2012R2_NODES in listed or not is_member(view, host.host):
        return age
    seen = tell(
        "{for_2012r2_nodes} is not listed, and the host is a node of a cluster", for_2012r2_nodes=FOR_2012R2_NODES
    )
    return worst((age, warned(seen, FOR_2012R2_NODES, works=tell("{works}, and a later one may hold it", works=WORKS))))
