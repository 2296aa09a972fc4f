"""What a host holds under the id of a virtual machine, and what that is to Hyper-V Replica."""

from __future__ import annotations

from enum import StrEnum

from checks.common.member import is_member
from scanner.api import Gap, MissingEvidence, Verdict, View, unknown, warned
from scanner.facts.vm import ReplicationMode, VirtualMachineSettings, VirtualMachineState


class Held(StrEnum):
    """How a machine is on a host."""

    REALIZED = "a machine of its own"
    PLANNED = "a planned machine, on its way or left over from a move that broke off"


def held(view: View, host: str, vm_id: str) -> Held | None:
    """How the machine is on the host, if it is. The check must declare ``VirtualMachineSettings`` and its state.

    Raises:
        MissingEvidence: the host's machines could not be read, it tells of the machine but does not list it, or the
            machine has no id.
    """
    if not vm_id:
        raise MissingEvidence("VirtualMachineSettings: the machine tells no id")
    found = view.derived(VirtualMachineSettings, host, _held).get(vm_id)
    unread = isinstance(view.ask(VirtualMachineState, host), Gap)
    if found is None and not unread and vm_id in view.derived(VirtualMachineState, host, _modes):
        raise MissingEvidence(f"VirtualMachineState of {host} tells of {vm_id}, and VirtualMachineSettings does not")
    return found


def mode_of(view: View, host: str, vm_id: str) -> int:
    """Its ReplicationMode there. The check must declare ``VirtualMachineState``.

    Raises:
        MissingEvidence: the states could not be read, or none of them tells it.
    """
    mode = view.derived(VirtualMachineState, host, _modes).get(vm_id)
    if mode is None:
        raise MissingEvidence(f"VirtualMachineState of {host}: it tells no ReplicationMode of {vm_id}")
    return mode


def is_replica(view: View, host: str, vm_id: str) -> bool:
    """Whether it is known to be a replica there."""
    try:
        return mode_of(view, host, vm_id) == ReplicationMode.REPLICA
    except MissingEvidence:
        return False


def as_initial_copy(view: View, host: str, seen: str, wanted: str) -> Verdict:
    """The verdict on a machine that replicates nothing where its replica shall be.

    The check must declare ``Service`` and ``ClusterInfo``.

    Raises:
        MissingEvidence: whether the host is a node of a cluster could not be read.
    """
    if is_member(view, host):
        return unknown(f"{seen}, a node of a cluster, and whether it is highly available is not read", wanted=wanted)
    works = "replication can be told to take the machine that is there as its initial copy"
    return warned(seen, wanted, works=works, note="usable as initial copy only")


def _held(rows: tuple[VirtualMachineSettings, ...]) -> dict[str, Held]:
    found = {row.vm_id: Held.PLANNED for row in rows if row.is_planned}
    return found | {row.vm_id: Held.REALIZED for row in rows if row.is_machine}


def _modes(rows: tuple[VirtualMachineState, ...]) -> dict[str, int | None]:
    return {row.vm_id: row.replication_mode for row in rows if not row.is_host}
