"""A replicated machine that moves is sent from another host, which its replica server must take it from.

Passes for a machine that is not replicated, and for a primary that replicates without complaint where its replica
server names the new host in the trust group of the present one, or is none of the estate. A warning is a primary whose
replica server has no such entry, one whose replication stands still or is unwell, and a replica that is off: its
primary does not learn where it went. Unknown while something is under way, as a first copy, a failover or a test (no
document says what a move makes of it), and where answers contradict each other. Does not apply where the replica is on
the destination, which VM-14 judges (Microsoft Learn: New-VMReplicationAuthorizationEntry, TrustGroup).
"""

from __future__ import annotations

from checks.common.processors import runs
from checks.vm.replicating import (
    OF_SOURCE,
    REPLICATING,
    REPLICATION,
    STILL,
    WORKS,
    as_primary,
    not_replicated,
    standing,
)
from scanner.api import Severity, Subject, Verdict, View, Who, check, scopes, tell, unknown, warned
from scanner.facts.replication import ReplicationAuthorization
from scanner.facts.vm import ReplicationMode


@check(
    id="VM-10",
    title="Replication does not block the move",
    warns="Replication may not go on from the new host",
    severity=Severity.LOW,
    who=Who.VIRTUAL_MACHINE,
    of_machines=True,
    scope=scopes.VM_ROUTE,
    seed="beyond seeds",
    needs=REPLICATION,
    of_source=OF_SOURCE,
    of_all=(ReplicationAuthorization,),
    remedy="Name the new host on the replica server, in the trust group of the present one; mend what stands still.",
)
def replication(move: Subject, view: View) -> Verdict:
    """Judge one virtual machine on one route."""
    now = standing(view, move.source, move.vm_id)
    if now.mode == ReplicationMode.NONE:
        return not_replicated(view, move.source, move.vm_id)
    replica = now.mode == ReplicationMode.REPLICA and not runs(view, move.source, move.vm_id)
    if now.state not in (REPLICATING, *STILL) or not (replica or now.mode == ReplicationMode.PRIMARY):
        seen = tell("ReplicationMode {mode}, ReplicationState {state}", mode=now.mode, state=now.state)
        return unknown(tell("{seen}: no document says what a move makes of it; let it end, and judge again", seen=seen))
    if replica:
        return warned(tell("a replica, and its primary does not learn where it goes"), tell("no replica"), works=WORKS)
    return as_primary(view, move, now)
