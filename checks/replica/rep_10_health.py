"""What is replicated badly today does not fail over tomorrow.

Judged for every machine that is replicated from its host. Passes where Hyper-V calls it sound (ReplicationHealth 1) and
it replicates, or its first copy is under way. Warns where health is a warning (2): changes arrive, late or in part.
Fails where it is critical (3), or replication has stopped: paused, in error, waiting to be synchronized again. Unknown
where no health is told (0), a failover or a test is under way, answers contradict each other, and where it is called
sound though nothing was sent for a day. Does not apply to machines that are not replicated, and to replicas.
"""

from __future__ import annotations

from datetime import timedelta

from checks.replica.mending import KEPT, mend
from checks.vm.replicating import standing
from scanner.api import (
    Profile,
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    check,
    failed,
    not_applicable,
    passed,
    scopes,
    unknown,
    warned,
)
from scanner.facts.replica_storage import LastReplication
from scanner.facts.replication import ReplicationRelationship
from scanner.facts.vm import ReplicationMode, VirtualMachineState

SOUND, WARNING, CRITICAL = 1, 2, 3
READY, COPYING, REPLICATING = 1, 2, 3
STOPPED = {7: "paused", 8: "in error", 9: "waiting to be synchronized again", 11: "paused in synchronization"}
LONG = timedelta(days=1)


@check(
    id="REP-10",
    title="Replication health",
    severity=Severity.HIGH,
    who=Who.VIRTUAL_MACHINE,
    profiles=(Profile.REPLICA, Profile.ASR_VMM),
    of_machines=True,
    scope=scopes.VM,
    seed="beyond seeds",
    needs=(ReplicationRelationship, VirtualMachineState, LastReplication, *KEPT),
    remedy="Look why it stands still (Measure-VMReplication), mend that, and resume it.",
)
def health(machine: Subject, view: View) -> Verdict:
    """Judge one virtual machine."""
    now = standing(view, machine.host, machine.vm_id)
    if now.mode != ReplicationMode.PRIMARY:
        return not_applicable("it is not replicated" if now.mode == ReplicationMode.NONE else "it is a replica")
    seen, wanted = f"ReplicationHealth {now.health}, ReplicationState {now.state}", "sound replication"
    if now.state in STOPPED:
        return failed(f"{seen}: {STOPPED[now.state]}", wanted, mend(view, machine, now.state))
    if now.health == CRITICAL:
        return failed(f"{seen}: critical", wanted, mend(view, machine, now.state))
    if now.state not in (READY, COPYING, REPLICATING) or now.health not in (SOUND, WARNING):
        return unknown(f"{seen}: judge it again when what is under way has ended", wanted=wanted)
    if now.health == WARNING:
        return warned(f"{seen}: a warning", wanted, works="changes arrive at the replica, late or in part")
    return (
        passed(seen, note="the first copy is still under way") if now.state != REPLICATING else _lately(view, machine)
    )


def _lately(view: View, machine: Subject) -> Verdict:
    rows = view.rows(LastReplication, machine.host)
    last = next((row.at for row in rows if row.owner == machine.vm_id and not row.extended), None)
    if last is not None and view.now - last > LONG:
        return unknown(f"called sound, and nothing was sent since {last:%Y-%m-%d %H:%M} UTC")
    return passed("sound, and replicating")
