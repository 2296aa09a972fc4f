"""How the replication of a primary stands, and what sets it going again.

That is a command where Hyper-V itself makes it; what another provider makes is resumed in its portal.
"""

from __future__ import annotations

from datetime import timedelta

from checks.vm.replicating import Standing
from scanner.api import Fact, Gap, MissingEvidence, Subject, Verdict, View, failed, passed, powershell, unknown, warned
from scanner.facts.replica_storage import LastReplication, ReplicationKept
from scanner.facts.replication import ReplicationRelationship
from scanner.facts.vm import VirtualMachineState

STANDING: tuple[type[Fact], ...] = (ReplicationRelationship, VirtualMachineState, LastReplication, ReplicationKept)
"""What a check declares that asks."""
SOUND, WARNING, CRITICAL = 1, 2, 3
READY, COPYING, REPLICATING = 1, 2, 3
STOPPED = {7: "paused", 8: "in error", 9: "waiting to be synchronized again", 11: "paused in synchronization"}
LONG = timedelta(days=1)
PAUSED, TO_SYNCHRONIZE, SYNCHRONIZATION_PAUSED = 7, 9, 11
PORTAL = "Another provider than Hyper-V's own makes this replication: resume or mend it in the portal, not on the host."
LOOK = "Look why: Get-VM -ComputerName <host> -Id <id> | Measure-VMReplication. Mend that first."
RESUME = "Get-VM -ComputerName <host> -Id <id> | Resume-VMReplication"


def as_primary(view: View, machine: Subject, now: Standing) -> Verdict:
    """The verdict on a primary. The check must declare ``STANDING``."""
    seen, wanted = f"ReplicationHealth {now.health}, ReplicationState {now.state}", "sound replication"
    if now.state in STOPPED:
        return failed(f"{seen}: {STOPPED[now.state]}", wanted, mend(view, machine, now.state))
    if now.health == CRITICAL:
        return failed(f"{seen}: critical", wanted, mend(view, machine, now.state))
    if now.state not in (READY, COPYING, REPLICATING) or now.health not in (SOUND, WARNING):
        return unknown(f"{seen}: judge it again when what is under way has ended", wanted=wanted)
    if now.health == WARNING:
        return warned(f"{seen}: a warning", wanted, works="changes arrive at the replica, late or in part")
    if now.state == READY:
        return passed(seen, note="its first copy is still to be sent")
    return passed(seen, note="its first copy is under way") if now.state == COPYING else _lately(view, machine)


def _lately(view: View, machine: Subject) -> Verdict:
    rows = view.rows(LastReplication, machine.host)
    own = [row.at for row in rows if row.owner == machine.vm_id and not row.extended]
    last = next(iter(own), None)
    if not own and any(row.owner == machine.vm_id for row in view.rows(ReplicationRelationship, machine.host)):
        raise MissingEvidence(f"LastReplication of {machine.host}: its rows leave {machine.vm_id} out")
    if own and last is None:
        return unknown("called sound and replicating, and when changes were sent the last time is not told")
    if last is not None and view.recorded - last > LONG:
        return unknown(f"called sound, and nothing was sent since {last:%Y-%m-%d %H:%M} UTC")
    return passed("sound, and replicating")


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
    return powershell(f"{RESUME} -Resynchronize" if state == TO_SYNCHRONIZE else LOOK, **words)
