"""Hyper-V Replica copies files of virtual disks, and nothing of a machine that is no such file, or shared.

Passes for a machine whose disks are files of its own, and for one that is replicated already; with Hyper-V Replica to
where a route of its host ends: elsewhere fails, for a machine has one replica (unknown where the name is of none of the
estate). Fails for a physical disk of the host and a disk that several machines have (.vhdx); Site Recovery besides with
more than 16 disks, and with disk sets (.vhds), which Replica is documented to take within clusters of guests: there
unknown. Unknown, too, where a disk does not tell its file or whether it is shared, and where no disk of the machine is
listed: what was not shown looks the same, and no document says that a machine without one is replicated. Disks
encrypted by the guest, its teaming and IPv6 are not to be seen from here. A disk that is left out of replication counts
all the same.
"""

from __future__ import annotations

from checks.common.brokers import NAMED_BY
from checks.common.parts import combine
from checks.replica.already import ALREADY, already
from checks.replica.eligible import ELIGIBLE, reasons
from checks.vm.replicating import standing
from scanner.api import (
    Profile,
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    check,
    not_applicable,
    passed,
    scopes,
    tell,
)
from scanner.facts.replication import ReplicationRelationship
from scanner.facts.vm import ReplicationMode, VirtualMachineState


@check(
    id="REP-12",
    title="VM is eligible for Replica",
    fails="VM cannot be replicated as planned",
    severity=Severity.HIGH,
    who=Who.VIRTUAL_MACHINE,
    profiles=(Profile.REPLICA, Profile.ASR_VMM),
    by_profile=True,
    of_machines=True,
    scope=scopes.VM,
    seed="beyond seeds",
    needs=(*ELIGIBLE, *ALREADY, VirtualMachineState, ReplicationRelationship),
    of_source=NAMED_BY,
    of_destination=NAMED_BY,
    remedy="Leave the disk out of replication, or give the machine a virtual disk of its own in its place.",
)
def eligible(machine: Subject, view: View) -> Verdict:
    """Judge one virtual machine for one kind of replication."""
    mode = standing(view, machine.host, machine.vm_id).mode
    if mode == ReplicationMode.PRIMARY:
        return already(view, machine)
    if mode != ReplicationMode.NONE:
        return not_applicable(tell("it is a replica"))
    parts = list(reasons(view, machine))
    return combine(parts) if parts else passed(tell("its disks are files of its own"))
