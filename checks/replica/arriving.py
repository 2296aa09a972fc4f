"""How much room the first copies from the sources of a host need there, and what their recovery points may come to.

The changes between two points are not known beforehand. So each recovery point, and each application-consistent
snapshot, is reckoned with the reserve that disks get (thresholds.disk_reserve_percent): an estimate, and said as one.
Points are those that the sources' machines have which are replicated already; where none is, nobody told how many.
"""

from __future__ import annotations

from dataclasses import dataclass

from checks.common.disks import DISKS
from checks.host.disk_files import FILES, Files, asked, files
from scanner.api import Ask, Fact, Gap, View
from scanner.facts.replica_storage import ReplicationKept
from scanner.facts.vm import ReplicationMode, VirtualMachineState

NEEDED: tuple[type[Fact], ...] = (*FILES, *DISKS, ReplicationKept)
"""What a check declares that asks, of sources."""


TO_COME = (None, 0, 1, 2)
"""states of WMI in which the first copy is still to come, or under way"""


@dataclass(frozen=True, slots=True)
class Arriving:
    """What a source brings."""

    files: Files
    points: int
    """recovery points and snapshots of a machine, the most that one of its machines has"""


def questions(view: View, source: str) -> tuple[Ask, ...]:
    """The questions for the files that are still to be copied."""
    return asked(view, source, without=_replicated(view, source))


def arriving(view: View, source: str) -> Arriving:
    """What a source brings. The check must declare ``NEEDED``.

    Raises:
        MissingEvidence: its machines or their disks could not be read.
    """
    return Arriving(files(view, source, shares=True, without=_replicated(view, source)), _points(view, source))


def _replicated(view: View, source: str) -> frozenset[str]:
    """The machines of which a replica is there already, and those that are replicas themselves."""
    rows = view.ask(VirtualMachineState, source)
    return frozenset(() if isinstance(rows, Gap) else (row.vm_id for row in rows if _is_there(row)))


def _is_there(row: VirtualMachineState) -> bool:
    none = row.replication_mode in (ReplicationMode.NONE, None)
    return not none and (row.replication_mode != ReplicationMode.PRIMARY or row.replication_state not in TO_COME)


def _points(view: View, source: str) -> int:
    kept = [row for row in view.rows(ReplicationKept, source) if not row.extended]
    return max((_of(row.points or 0, row.snapshots or 0) for row in kept), default=0)


def _of(points: int, hours: int) -> int:
    """Points are an hour apart, and every so many hours one is application-consistent as well."""
    return points + (points // hours if hours > 0 else 0)
