"""What is replicated badly today does not fail over tomorrow.

Judged for every machine that is replicated from its host. Passes where Hyper-V calls it sound (ReplicationHealth 1) and
it replicates, or its first copy is under way. Warns where health is a warning (2): changes arrive, late or in part.
Fails where it is critical (3), or replication has stopped: paused, in error, waiting to be synchronized again. Unknown
where no health is told (0), a failover or a test is under way, answers contradict each other, and where it is called
sound though nothing was sent for a day. Does not apply to machines that are not replicated, and to replicas.
"""

from __future__ import annotations

from checks.replica.health import STANDING, as_primary
from checks.vm.replicating import standing
from scanner.api import Profile, Severity, Subject, Verdict, View, Who, check, not_applicable, scopes, tell
from scanner.facts.vm import ReplicationMode


@check(
    id="REP-10",
    title="Replication health",
    fails="Replication is critical or has stopped",
    warns="Replication runs with a warning",
    severity=Severity.HIGH,
    who=Who.VIRTUAL_MACHINE,
    profiles=(Profile.REPLICA, Profile.ASR_VMM),
    of_machines=True,
    scope=scopes.VM,
    seed="beyond seeds",
    needs=STANDING,
    remedy="Look why it stands still (Measure-VMReplication), mend that, and resume it.",
)
def health(machine: Subject, view: View) -> Verdict:
    """Judge one virtual machine."""
    now = standing(view, machine.host, machine.vm_id)
    if now.mode != ReplicationMode.PRIMARY:
        return not_applicable(
            tell("it is not replicated") if now.mode == ReplicationMode.NONE else tell("it is a replica")
        )
    return as_primary(view, machine, now)
