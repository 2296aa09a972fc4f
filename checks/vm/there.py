"""What a host holds under the id of a virtual machine, and what that is to Hyper-V Replica."""

from __future__ import annotations

from enum import Enum

from checks.common.member import is_member
from checks.common.parts import listing
from checks.vm.runtime import runtime_of
from scanner.api import (
    Everything,
    Gap,
    MissingEvidence,
    Subject,
    Verdict,
    View,
    failed,
    passed,
    plural,
    tell,
    unknown,
    warned,
)
from scanner.facts.vm import ReplicationMode, VirtualMachineSettings, VirtualMachineState

HIGHLY = tell(
    "Make it a role of the cluster before replication starts, or take it away if a person knows that nobody needs it."
)


class Held(Enum):
    """How a machine is on a host."""

    REALIZED = tell("a machine of its own")
    PLANNED = tell("a planned machine, on its way or left over from a move that broke off")


def held(view: View, host: str, vm_id: str) -> Held | None:
    """How the machine is on the host, if it is. The check must declare ``VirtualMachineSettings`` and its state.

    Raises:
        MissingEvidence: the host's machines could not be read, it tells of the machine, or lists a checkpoint of it,
            but not the machine itself, or the machine has no id.
    """
    if not vm_id:
        raise MissingEvidence(tell("VirtualMachineSettings: the machine tells no id"))
    found = view.derived(VirtualMachineSettings, host, _held).get(vm_id)
    unread = isinstance(view.ask(VirtualMachineState, host), Gap)
    if found is None and not unread and vm_id in view.derived(VirtualMachineState, host, _modes):
        raise MissingEvidence(
            tell(
                "VirtualMachineState of {host} tells of {vm_id}, and VirtualMachineSettings does not",
                host=host,
                vm_id=vm_id,
            )
        )
    if found is None and vm_id in view.derived(VirtualMachineSettings, host, _parts):
        raise MissingEvidence(
            tell(
                "VirtualMachineSettings of {host} lists a checkpoint of {vm_id}, and not the machine",
                host=host,
                vm_id=vm_id,
            )
        )
    return found


def mode_of(view: View, host: str, vm_id: str) -> int:
    """Its ReplicationMode there. The check must declare ``VirtualMachineState``.

    Raises:
        MissingEvidence: the states could not be read, or none of them tells it.
    """
    mode = view.derived(VirtualMachineState, host, _modes).get(vm_id)
    if mode is None:
        raise MissingEvidence(
            tell("VirtualMachineState of {host}: it tells no ReplicationMode of {vm_id}", host=host, vm_id=vm_id)
        )
    return mode


def is_replica(view: View, host: str, vm_id: str) -> bool:
    """Whether it is known to be a replica there."""
    return _has_mode(view, host, vm_id, ReplicationMode.REPLICA)


def _has_mode(view: View, host: str, vm_id: str, mode: ReplicationMode) -> bool:
    try:
        return mode_of(view, host, vm_id) == mode
    except MissingEvidence:
        return False


def as_replica(view: View, move: Subject) -> Verdict:
    """The verdict on a replica at the destination: it is the machine's own only where that says it is a primary.

    Raises:
        MissingEvidence: the states of the source could not be read, or none of them tells the machine's mode.
    """
    mode, seen = (
        mode_of(view, move.source, move.vm_id),
        tell("a replica of its id is on {destination}", destination=move.destination),
    )
    if mode == ReplicationMode.PRIMARY:
        return passed(tell("its replica is on {destination}", destination=move.destination))
    return unknown(
        tell(
            "{seen}, and on {source} it is no primary (ReplicationMode {mode})",
            seen=seen,
            source=move.source,
            mode=mode,
        ),
        wanted=tell("its own replica"),
    )


def not_elsewhere(view: View, move: Subject) -> Verdict:
    """The verdict on a machine that is not on the destination: another planned move may bring one of its id there.

    The check must declare ``VirtualMachineSettings`` and its state.
    """
    seen, holders = (
        tell("not on {destination}", destination=move.destination),
        view.across((VirtualMachineSettings,), _holders),
    )
    twins = [
        host
        for host in holders.get(move.vm_id, ())
        if host != move.source and (plan := view.route(host, move.destination)) and plan.machines
    ]
    for host in twins:
        view.rows(VirtualMachineSettings, host)  # so that reports name where it was read
    if not twins:
        return passed(seen)
    other = plural(
        len(twins),
        "{twins} holds one of its id, planned to go there, too",
        "{twins} hold one of its id, planned to go there, too",
        twins=listing(twins),
    )
    if _has_mode(view, move.source, move.vm_id, ReplicationMode.PRIMARY) and all(
        is_replica(view, host, move.vm_id) for host in twins
    ):
        return passed(seen, note=tell("{other}: its replica, which must not be moved there first", other=other))
    return unknown(
        tell("{seen}, yet {other}: whichever comes second cannot arrive", seen=seen, other=other),
        wanted=tell("one machine of its id"),
    )


def as_initial_copy(view: View, host: str, vm_id: str, seen: str, wanted: str) -> Verdict:
    """The verdict on a machine that replicates nothing where its replica shall be.

    The check must declare ``Service``, ``ClusterInfo`` and ``VmRuntime``.

    Raises:
        MissingEvidence: whether the host is a node of a cluster, or the machine a role of it, could not be read.
    """
    if is_member(view, host):
        runtime = runtime_of(view, host, vm_id)
        if runtime is None or runtime.clustered is None:
            return unknown(
                tell("{seen}, a node of a cluster, and whether it is highly available is not told", seen=seen),
                wanted=wanted,
            )
        if not runtime.clustered:
            return failed(
                tell("{seen}, a node of a cluster, and no role of it", seen=seen),
                wanted,
                HIGHLY,
                note=tell("event 29410"),
            )
    works = tell("replication can be told to take the machine that is there as its initial copy")
    return warned(seen, wanted, works=works, note=tell("usable as initial copy only"))


def _held(rows: tuple[VirtualMachineSettings, ...]) -> dict[str, Held]:
    found = {row.vm_id: Held.PLANNED for row in rows if row.is_planned}
    return found | {row.vm_id: Held.REALIZED for row in rows if row.is_machine}


def _parts(rows: tuple[VirtualMachineSettings, ...]) -> frozenset[str]:
    """The machines that the rows of checkpoints name."""
    return frozenset(row.vm_id for row in rows if row.is_part)


def _holders(everything: Everything) -> dict[str, tuple[str, ...]]:
    """The hosts that hold a machine of its own under an id."""
    found: dict[str, dict[str, None]] = {}
    for host, row in everything.rows(VirtualMachineSettings):
        if row.is_machine and row.vm_id:
            found.setdefault(row.vm_id, {})[host] = None
    return {vm_id: tuple(hosts) for vm_id, hosts in found.items()}


def _modes(rows: tuple[VirtualMachineState, ...]) -> dict[str, int | None]:
    return {row.vm_id: row.replication_mode for row in rows if not row.is_host}
