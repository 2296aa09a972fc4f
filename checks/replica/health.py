"""How the replication of a primary stands, and what sets it going again.

That is a command where Hyper-V itself makes it; what another provider makes is resumed in its portal.
"""

from __future__ import annotations

from datetime import timedelta

from checks.vm.replicating import Standing
from scanner.api import (
    Fact,
    Gap,
    MissingEvidence,
    Subject,
    Verdict,
    View,
    failed,
    passed,
    powershell,
    tell,
    unknown,
    warned,
)
from scanner.facts.replica_storage import LastReplication, ReplicationKept
from scanner.facts.replication import ReplicationRelationship
from scanner.facts.vm import VirtualMachineState

STANDING: tuple[type[Fact], ...] = (ReplicationRelationship, VirtualMachineState, LastReplication, ReplicationKept)
"""What a check declares that asks."""
SOUND, WARNING, CRITICAL = 1, 2, 3
READY, COPYING, REPLICATING = 1, 2, 3
STOPPED = {
    7: tell("paused"),
    8: tell("in error"),
    9: tell("waiting to be synchronized again"),
    11: tell("paused in synchronization"),
}
LONG = timedelta(days=1)
PAUSED, TO_SYNCHRONIZE, SYNCHRONIZATION_PAUSED = 7, 9, 11
PORTAL = tell(
    "Another provider than Hyper-V's own makes this replication: resume or mend it in the portal, not on the host."
)
MEASURE = "Get-VM -ComputerName <host> -Id <id> | Measure-VMReplication"
RESUME = "Get-VM -ComputerName <host> -Id <id> | Resume-VMReplication"


def as_primary(view: View, machine: Subject, now: Standing) -> Verdict:
    """The verdict on a primary. The check must declare ``STANDING``."""
    seen, wanted = (
        tell("ReplicationHealth {health}, ReplicationState {state}", health=now.health, state=now.state),
        tell("sound replication"),
    )
    if now.state in STOPPED:
        return failed(
            tell("{seen}: {stopped}", seen=seen, stopped=STOPPED[now.state]), wanted, mend(view, machine, now.state)
        )
    if now.health == CRITICAL:
        return failed(tell("{seen}: critical", seen=seen), wanted, mend(view, machine, now.state))
    if now.state not in (READY, COPYING, REPLICATING) or now.health not in (SOUND, WARNING):
        return unknown(tell("{seen}: judge it again when what is under way has ended", seen=seen), wanted=wanted)
    if now.health == WARNING:
        return warned(
            tell("{seen}: a warning", seen=seen), wanted, works=tell("changes arrive at the replica, late or in part")
        )
    if now.state == READY:
        return passed(seen, note=tell("its first copy is still to be sent"))
    return passed(seen, note=tell("its first copy is under way")) if now.state == COPYING else _lately(view, machine)


def _lately(view: View, machine: Subject) -> Verdict:
    rows = view.rows(LastReplication, machine.host)
    own = [row.at for row in rows if row.owner == machine.vm_id and not row.extended]
    last = next(iter(own), None)
    if not own and any(row.owner == machine.vm_id for row in view.rows(ReplicationRelationship, machine.host)):
        raise MissingEvidence(
            tell("LastReplication of {host}: its rows leave {vm_id} out", host=machine.host, vm_id=machine.vm_id)
        )
    if own and last is None:
        return unknown(tell("called sound and replicating, and when changes were sent the last time is not told"))
    if last is not None and view.recorded - last > LONG:
        return unknown(tell("called sound, and nothing was sent since {last:%Y-%m-%d %H:%M} UTC", last=last))
    return passed(tell("sound, and replicating"))


def mend(view: View, machine: Subject, state: int) -> str:
    """What to do about one that has stopped. The check must declare ``STANDING``."""
    rows = view.ask(ReplicationKept, machine.host)
    if isinstance(rows, Gap):
        return ""
    own = next((row for row in rows if row.owner == machine.vm_id and not row.extended), None)
    if own is None or not own.built_in:
        return PORTAL if own else ""
    words = {"host": machine.host, "id": machine.vm_id}
    if state in (PAUSED, SYNCHRONIZATION_PAUSED):
        return powershell(RESUME, **words)
    if state == TO_SYNCHRONIZE:
        return powershell(f"{RESUME} -Resynchronize", **words)
    return tell("Look why: {command}. Mend that first.", command=powershell(MEASURE, **words))
