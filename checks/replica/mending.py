"""What sets a replication going again: a command of Hyper-V's own where it makes it, else words."""

from __future__ import annotations

from scanner.api import Fact, Gap, Subject, View, powershell
from scanner.facts.replica_storage import ReplicationKept

KEPT: tuple[type[Fact], ...] = (ReplicationKept,)
PAUSED, TO_SYNCHRONIZE, SYNCHRONIZATION_PAUSED = 7, 9, 11
PORTAL = "Another provider than Hyper-V's own makes this replication: resume or mend it in the portal, not on the host."
LOOK = "Look why: Get-VM -ComputerName <host> -Id <id> | Measure-VMReplication. Mend that first."
RESUME = "Get-VM -ComputerName <host> -Id <id> | Resume-VMReplication"


def mend(view: View, machine: Subject, state: int) -> str:
    """What to do about one that has stopped. The check must declare ``KEPT``."""
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
