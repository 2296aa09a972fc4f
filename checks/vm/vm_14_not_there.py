"""A machine cannot arrive where one with its id is already: a replica, a twin, or what a move that broke off left over.

Each kind of move is judged by itself. Live migration passes when no machine of that id, planned ones included, is on
the destination, else it fails. Replication passes then, too, and where the one that is there is the replica of a
primary; one that is not replicated is a warning, and on a node of a cluster a failure unless it is a role there, for
that takes only machines that are highly available (event 29410). Unknown is a planned one, too, one of another part in
replication, a checkpoint without its machine, and a machine of that id that another source is planned to move there,
unless that is its replica. Does not apply to the replication of what is the replica of the machine there.
"""

from __future__ import annotations

from checks.vm.there import Held, as_initial_copy, as_replica, held, is_replica, mode_of, not_elsewhere
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
    scopes,
    tell,
    unknown,
)  # fmt: skip
from scanner.facts.host import ClusterInfo, Service
from scanner.facts.vm import ReplicationMode, VirtualMachineSettings, VirtualMachineState
from scanner.facts.vm_runtime import VmRuntime


@check(
    id="VM-14",
    title="The virtual machine is not on the destination already",
    fails="A machine of the same id is on the destination already",
    warns="A machine of the same id on the destination can serve as initial copy alone",
    severity=Severity.CRITICAL,
    who=Who.VIRTUAL_MACHINE,
    profiles=(Profile.LIVE_MIGRATION, Profile.REPLICA, Profile.ASR_VMM),
    by_profile=True,
    scope=scopes.VM_ROUTE,
    seed="beyond seeds",
    needs=(VirtualMachineSettings, VirtualMachineState, Service, ClusterInfo, VmRuntime),
    of_destination=(Service, ClusterInfo, VmRuntime),
    remedy="Look which of the two is meant: a replica is failed over to; what a broken move left, a person takes away.",
)
def not_there(move: Subject, view: View) -> Verdict:
    """Judge one virtual machine on one route for one kind of move."""
    found = held(view, move.destination, move.vm_id)
    if found is None:
        return not_elsewhere(view, move)
    seen, none = (
        tell("on {destination} already: {found}", destination=move.destination, found=found.value),
        tell("no machine of its id on the destination"),
    )
    if view.profile is Profile.LIVE_MIGRATION:
        replica = is_replica(view, move.destination, move.vm_id)
        return failed(seen, none, note=tell("the destination holds its replica: fail over instead") if replica else "")
    if is_replica(view, move.source, move.vm_id):
        return not_applicable(tell("the machine on the source is the replica"))
    if found is Held.PLANNED:
        return unknown(tell("{seen}; no document says what replication makes of it", seen=seen), wanted=none)
    mode = mode_of(view, move.destination, move.vm_id)
    if mode == ReplicationMode.REPLICA:
        return as_replica(view, move)
    if mode == ReplicationMode.NONE:
        return as_initial_copy(view, move.destination, move.vm_id, seen, tell("{none}, or its replica", none=none))
    return unknown(tell("{seen}, ReplicationMode {mode}, which is no replica of it", seen=seen, mode=mode), wanted=none)
