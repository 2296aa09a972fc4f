"""How much room the first copies from the sources of a host need there, and what their recovery points may come to.

The changes between two points are not known beforehand. So each recovery point, and each application-consistent
snapshot, is reckoned with the reserve that disks get (thresholds.disk_reserve_percent): an estimate, and said as one.
Points are those that the sources' machines have which are replicated already, or with Site Recovery those that a pair
of clouds in the estate plans, whichever are more; where there are neither, nobody told how many.
"""

from __future__ import annotations

from dataclasses import dataclass

from checks.common.disks import DISKS
from checks.host.disk_files import FILES, Files, asked, files
from scanner.api import Ask, Fact, Gap, Profile, View
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
    """recovery points and snapshots of a machine, the most that one of its machines has or shall have"""
    told: bool
    """whether somebody said how many, though it be none"""


def questions(view: View, source: str) -> tuple[Ask, ...]:
    """The questions for the files that are still to be copied."""
    rows = view.ask(VirtualMachineState, source)
    return asked(view, source, without=_replicated(() if isinstance(rows, Gap) else rows))


def arriving(view: View, source: str) -> Arriving:
    """What a source brings. The check must declare ``NEEDED``.

    Raises:
        MissingEvidence: its machines or their disks could not be read.
    """
    points = _points(view, source)
    replicated = _replicated(view.rows(VirtualMachineState, source))
    replicas = files(view, source, shares=True, without=replicated)
    return Arriving(replicas, max(points, default=0), bool(points))


def _replicated(rows: tuple[VirtualMachineState, ...]) -> frozenset[str]:
    """The machines of which a replica is there already, and those that are replicas themselves."""
    return frozenset(row.vm_id for row in rows if _is_there(row))


def _is_there(row: VirtualMachineState) -> bool:
    none = row.replication_mode in (ReplicationMode.NONE, None)
    return not none and (row.replication_mode != ReplicationMode.PRIMARY or row.replication_state not in TO_COME)


def _points(view: View, source: str) -> list[int]:
    """What machines have, and what pairs of clouds shall have: in which of them the source is, is not looked at."""
    kept = [_of(row.points or 0, row.snapshots or 0) for row in view.rows(ReplicationKept, source) if not row.extended]
    pairs = view.estate.cloud_pairs if view.profile is Profile.ASR_VMM else ()
    return kept + [_of(pair.recovery_points, pair.app_consistent) for pair in pairs if pair.recovery_points >= 0]


def _of(points: int, hours: int) -> int:
    """Points are an hour apart, and every so many hours one is application-consistent as well."""
    return points + (points // hours if hours > 0 else 0)
