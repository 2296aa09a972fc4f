"""How the replication of a virtual machine stands, and whether its replica server takes it from another host."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checks.common.parts import clip, listing
from checks.common.servers import NAMES, machines_of
from scanner.api import (
    Fact,
    MissingEvidence,
    Subject,
    Verdict,
    View,
    joined,
    not_applicable,
    passed,
    tell,
    unknown,
    warned,
)
from scanner.facts.replication import ReplicationAuthorization, ReplicationRelationship, ReplicationSettings
from scanner.facts.vm import ReplicationMode, VirtualMachineState

REPLICATION: tuple[type[Fact], ...] = (
    ReplicationRelationship,
    ReplicationSettings,
    ReplicationAuthorization,
    VirtualMachineState,
    *NAMES,
)
"""What a check declares that asks."""
OF_SOURCE = (ReplicationRelationship, ReplicationSettings)
"""Of these what is asked of the source alone; a replica server may be any other host."""
REPLICATING, SOUND = 3, 1
STILL = {
    1: tell("ready for the first copy"),
    7: tell("paused"),
    8: tell("critical"),
    9: tell("waiting to be synchronized again"),
    11: tell("paused in synchronization"),
}
"""States of WMI in which nothing is under way."""


WORKS = tell("a move takes the machine and its files, and does not ask whether replication goes on")


@dataclass(frozen=True, slots=True)
class Standing:
    """What a machine is to replication: numbers of WMI."""

    mode: int
    state: int
    health: int | None


def standing(view: View, host: str, vm_id: str) -> Standing:
    """How the replication of a machine stands. The check must declare ``REPLICATION``.

    The state of the machine tells what it is, on every release; since 2012 R2 its relationship tells how that stands.

    Raises:
        MissingEvidence: it could not be read or is not told, or both contradict each other.
    """
    own = view.derived(VirtualMachineState, host, _states).get(vm_id)
    if own is None or own.replication_mode is None:
        raise MissingEvidence(
            tell("VirtualMachineState of {host}: it tells no ReplicationMode of {vm_id}", host=host, vm_id=vm_id)
        )
    row = view.derived(ReplicationRelationship, host, _relationships).get(vm_id)
    state, health = (row.state, row.health) if row else (own.replication_state, own.replication_health)
    if state is None:
        raise MissingEvidence(
            tell(
                "{which} of {host}: no state is told",
                which="ReplicationRelationship" if row else "VirtualMachineState",
                host=host,
            )
        )
    if apart := joined("; ", _apart(own, row)):
        raise MissingEvidence(
            tell("{host}: of {vm_id} is told {apart}, which contradict each other", host=host, vm_id=vm_id, apart=apart)
        )
    return Standing(own.replication_mode, state, health)


def _apart(own: VirtualMachineState, row: ReplicationRelationship | None) -> Iterator[str]:
    """What the machine and its relationship tell differently; a number that one of them does not tell is no word."""
    states = {own.replication_state, row.state if row else None} - {None}
    healths = {own.replication_health, row.health if row else None} - {None}
    for name, told in (("ReplicationState", states), ("ReplicationHealth", healths)):
        if len(told) > 1:
            yield tell("{name} {map}", name=name, map=listing(sorted(map(str, told))))
        elif own.replication_mode == ReplicationMode.NONE and told - {0}:
            yield tell("ReplicationMode 0 and {name} {told}", name=name, told=told.pop())


def not_replicated(view: View, host: str, vm_id: str) -> Verdict:
    """The verdict on a machine of which nothing says that it is replicated, if its settings do not say so either.

    Raises:
        MissingEvidence: the settings could not be read.
    """
    name = view.derived(ReplicationSettings, host, _goals).get(vm_id)
    if name:
        return unknown(tell("ReplicationMode 0, and settings by which it is replicated to {name}", name=clip(name)))
    return passed(tell("not replicated"))


def as_primary(view: View, move: Subject, now: Standing) -> Verdict:
    """The verdict on a primary with which nothing is under way.

    Raises:
        MissingEvidence: where it replicates to, or from whom that takes, could not be read or is not told.
    """
    name, server = replica_of(view, move.source, move.vm_id)
    if server == move.destination:
        return not_applicable(tell("its replica is on the destination, as VM-14 says"))
    unwell = STILL.get(
        now.state, "" if now.health == SOUND else tell("unwell (ReplicationHealth {health})", health=now.health)
    )
    texts = [tell("its replication is {unwell}", unwell=unwell)] if unwell else []
    texts += filter(None, [stopping(view, move, server) if server else ""])
    if texts:
        return warned(joined("; ", texts), tell("replication that goes on from the new host"), works=WORKS)
    unread = tell("that server is none of the estate: look there whom it takes from")
    return passed(tell("replicates to {name}", name=clip(name)), note="" if server else unread)


def replica_of(view: View, host: str, vm_id: str) -> tuple[str, str]:
    """The name that a primary replicates to, and which host of the estate that is; empty if it is none, or two.

    Raises:
        MissingEvidence: the settings could not be read, or name no server.
    """
    row = view.derived(ReplicationSettings, host, _settings).get(vm_id)
    name = ((row.replica if row else "") or "").strip().lower().rstrip(".")
    if not name:
        raise MissingEvidence(
            tell(
                "ReplicationSettings of {host}: it does not tell where {vm_id} is replicated to", host=host, vm_id=vm_id
            )
        )
    known = [one for one in machines_of(view, host, name) if one in view.estate.hosts]
    return name, known[0] if len(known) == 1 else ""


def stopping(view: View, move: Subject, replica: str) -> str:
    """Why a replica server would take no more of a machine after its move; empty if it would.

    Raises:
        MissingEvidence: its entries could not be read.
    """
    here, there = (group_of(view, replica, host) for host in (move.source, move.destination))
    if there is None:
        return tell(
            "replication stops after the move: {replica} takes nothing from {destination}",
            replica=replica,
            destination=move.destination,
        )
    groups = tell(
        "trust group {clip} instead of {clip2}",
        clip=clip(there, 40) or tell("without a name"),
        clip2=clip(here or "", 40) or tell("without a name"),
    )
    stops = here is not None and here != there
    return (
        tell(
            "replication stops after the move: on {replica} {destination} is of {groups}",
            replica=replica,
            destination=move.destination,
            groups=groups,
        )
        if stops
        else ""
    )


def group_of(view: View, replica: str, primary: str) -> str | None:
    """The trust group of the entry by which a replica server takes from this host; nothing if there is none.

    An entry is a full name, ``*`` for its first label alone, or ``*`` for every server; the more exact one counts.

    Raises:
        MissingEvidence: the entries could not be read.
    """
    entries = view.derived(ReplicationAuthorization, replica, _entries)
    name = primary.lower().rstrip(".")
    return next((entries[one] for one in (name, f"*.{name.partition('.')[2]}", "*") if one in entries), None)


def _entries(rows: tuple[ReplicationAuthorization, ...]) -> dict[str, str]:
    return {row.primary.strip().lower().rstrip("."): row.group or "" for row in rows}


def _states(rows: tuple[VirtualMachineState, ...]) -> dict[str, VirtualMachineState]:
    return {row.vm_id: row for row in rows if not row.is_host}


def _relationships(rows: tuple[ReplicationRelationship, ...]) -> dict[str, ReplicationRelationship]:
    return {row.owner: row for row in rows if not row.extended}


def _goals(rows: tuple[ReplicationSettings, ...]) -> dict[str, str]:
    """The name that each machine is replicated to, or handed on to."""
    return {row.owner: name for row in rows if (name := (row.replica or "").strip())}


def _settings(rows: tuple[ReplicationSettings, ...]) -> dict[str, ReplicationSettings]:
    return {row.owner: row for row in rows if not row.extended}
