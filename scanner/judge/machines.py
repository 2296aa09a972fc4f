"""The virtual machines that a check is judged on, and their moves: each one, or all of a host's as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from scanner.facts.vm import RUNNING, VirtualMachineSettings, VirtualMachineState, too_many
from scanner.facts.vm_runtime import VmRuntime
from scanner.judge.disks import ONLY_DISKS
from scanner.words.chosen import left_out, means
from scanner.words.evidence import Evidence
from scanner.words.model import ALL_VMS, Gap, Status, key_of
from scanner.words.names import short
from scanner.words.scope import Case, Settled, unseen
from scanner.words.telling import tell
from scanner.words.wording import counted, show

MOST_MOVES = 8_192
"""moves of a host's machines that are judged one by one, machines times destinations. Each is a finding for every check
of moves, and one for every kind of move where they differ: nine for live migration alone, eleven for all three kinds.
It is one number for all kinds: one more must not change what another is told. 1,024 machines, the most that may run on
one host, may go to eight others."""
LABEL = 100
"""characters of a machine's name in a subject's label, which are those that Hyper-V Manager takes"""

Machine = tuple[str, str, Settled | None]
"""GUID, label, and what is settled about it."""


def machines(evidence: Evidence, host: str, routes: int = 0) -> Iterator[Machine]:
    """Every machine of a host; all of them as one where there is none, they are not judged one by one, or some lack.

    Args:
        evidence: what was read.
        host: the host they are on.
        routes: the planned routes from it, where moves are meant.
    """
    rows = evidence.ask(VirtualMachineSettings, host)
    settled, unlisted = _as_one(rows, host, routes), _unlisted(evidence, host)
    if settled is None:
        for vm_id, names in called(evidence, host).items():
            why = left_out(evidence.estate, vm_id, names)
            yield (
                vm_id,
                tell("{machine} on {host}", machine=labelled(names), host=short(host)),
                Settled(Status.NOT_APPLICABLE, why) if why else None,
            )
    if unlisted and (settled is None or settled.status is Status.NOT_APPLICABLE):
        settled = Settled(Status.UNKNOWN, unlisted)
    if settled is not None:
        yield ALL_VMS, tell("virtual machines of {host}", host=short(host)), settled


def _unlisted(evidence: Evidence, host: str) -> str:
    """Why there are machines that the list does not hold; empty where nothing says so."""
    listed = evidence.derived(VirtualMachineSettings, host, _ids)
    if isinstance(listed, Gap):
        return ""
    states = evidence.derived(VirtualMachineState, host, _ids)
    parts = evidence.derived(VirtualMachineSettings, host, _of_parts)
    module = evidence.derived(VmRuntime, host, _of_the_module)
    for fact, told in ((VirtualMachineState, states), (VmRuntime, module)):
        if not isinstance(told, Gap) and (more := len(told - listed)):
            return tell(
                "{fact} of {host} tells of {machines} that VirtualMachineSettings does not list",
                fact=key_of(fact),
                host=host,
                machines=counted(more, "virtual machine"),
            )
    if not isinstance(parts, Gap) and (more := len(parts - listed)):
        return tell(
            "{fact} of {host} tells of checkpoints of {machines} that {fact} does not list",
            fact=key_of(VirtualMachineSettings),
            host=host,
            machines=counted(more, "virtual machine"),
        )
    running, planned = (
        evidence.derived(VirtualMachineState, host, _running),
        evidence.derived(VirtualMachineSettings, host, _planned),
    )
    if not isinstance(running, Gap) and not isinstance(planned, Gap) and (odd := len(running & planned)):
        return tell(
            "{machines} of {host} that VirtualMachineSettings calls planned, and yet running",
            machines=counted(odd, "virtual machine"),
            host=host,
        )
    return ""


def _running(rows: tuple[VirtualMachineState, ...]) -> frozenset[str]:
    return frozenset(row.vm_id for row in rows if row.enabled_state == RUNNING) - {""}


def _planned(rows: tuple[VirtualMachineSettings, ...]) -> frozenset[str]:
    """The machines that are nothing but planned."""
    return frozenset(row.vm_id for row in rows if row.is_planned) - {row.vm_id for row in rows if row.is_machine}


def _ids(rows: tuple[VirtualMachineSettings | VirtualMachineState, ...]) -> frozenset[str]:
    """The machines' ids; a checkpoint's row, which has its machine's id, lists no machine."""
    machines = (row for row in rows if isinstance(row, VirtualMachineState) or row.is_machine or row.is_planned)
    return frozenset(row.vm_id for row in machines) - {""}


def _of_the_module(rows: tuple[VmRuntime, ...]) -> frozenset[str]:
    return frozenset(row.vm_id for row in rows) - {""}


def _of_parts(rows: tuple[VirtualMachineSettings, ...]) -> frozenset[str]:
    """The machines whose checkpoints are listed."""
    return frozenset(row.vm_id for row in rows if row.is_part)


def called(evidence: Evidence, host: str) -> dict[str, tuple[str, ...]]:
    """Every machine of a host by GUID, with its names; none where they were not read."""
    found = evidence.derived(VirtualMachineSettings, host, names_by_id)
    return {} if isinstance(found, Gap) else found


def names_by_id(rows: tuple[VirtualMachineSettings, ...]) -> dict[str, tuple[str, ...]]:
    """The names of every machine. Two rows of one GUID are one subject: which of them is meant nobody can tell."""
    names: dict[str, tuple[str, ...]] = {}
    for row in rows:
        if row.is_machine:
            names[row.vm_id] = tuple(sorted({row.name, *names.get(row.vm_id, ())}))
    return names


def labelled(names: tuple[str, ...]) -> str:
    """What people are told a machine is called."""
    name = names[0]
    return name if len(name) <= LABEL else name[: LABEL - 1] + "…"


def misnamed(evidence: Evidence) -> Iterator[Case]:
    """That ``[vms]`` does not say what moves: whatever else is judged, it is not all that was meant."""
    estate = evidence.estate
    if not (estate.vms_only or estate.vms_except):
        return
    there = [machine for host in sources(evidence) for machine in called(evidence, host).items()]
    missing = [entry for entry in estate.vms_only if not any(means(entry, *machine) for machine in there)]
    if missing:
        more = tell(" and {rest} more", rest=len(missing) - 1) if len(missing) > 1 else ""
        yield unseen(
            tell(
                "[vms] only names nothing that is there: no source was seen to hold {missing}{more}",
                missing=show(missing[0]),
                more=more,
            )
        )
    elif there and all(left_out(estate, *machine) for machine in there):
        yield unseen(tell("[vms] leaves out every virtual machine of every source"))


def _as_one(rows: tuple[VirtualMachineSettings, ...] | Gap, host: str, routes: int) -> Settled | None:
    """Why a host's machines, or their moves, are one subject, if they are."""
    if isinstance(rows, Gap):
        return Settled(rows.status, str(rows), (rows,))
    count = sum(row.is_machine for row in rows)
    if not count:
        return Settled(Status.NOT_APPLICABLE, tell("there is no virtual machine on the source"))
    if excess := too_many(count):
        return Settled(
            Status.UNKNOWN,
            tell("{name} of {host}: {excess}", name=VirtualMachineSettings.__name__, host=host, excess=excess),
        )
    if count * routes <= MOST_MOVES:
        return None
    many = tell(
        "{machines} of {host} and {destinations} make {moves}, and one run judges {most_moves:,} of a host: give its "
        "routes in several estate files",
        machines=counted(count, "virtual machine"),
        host=host,
        destinations=counted(routes, "destination"),
        moves=counted(count * routes, "move"),
        most_moves=MOST_MOVES,
    )
    return Settled(Status.UNKNOWN, many)


def sources(evidence: Evidence) -> tuple[str, ...]:
    """The hosts from which a move is planned."""
    return tuple(dict.fromkeys(route.source for route in evidence.estate.routes))


def moves(evidence: Evidence) -> Iterator[tuple[str, str, Machine]]:
    """Source, destination and machine of every planned move; where disks move alone, the machines are one."""
    routes = Counter(route.source for route in evidence.estate.routes if route.machines)
    for route in evidence.estate.routes:
        if not route.machines:
            label = tell("virtual machines of {host}", host=short(route.source))
            yield route.source, route.destination, (ALL_VMS, label, Settled(Status.NOT_APPLICABLE, ONLY_DISKS))
            continue
        for machine in machines(evidence, route.source, routes[route.source]):
            yield route.source, route.destination, machine
