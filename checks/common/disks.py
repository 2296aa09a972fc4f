"""Whether disks move: where the plan says so, and where one lies on a local volume of the source, whatever it says.

A share of the source itself is such a volume: another host that opens the same path finds another machine's files.
"""

from __future__ import annotations

from scanner.api import View
from scanner.facts.vm import VmStorage

ITSELF = ("localhost", "127.0.0.1", "::1", "--1.ipv6-literal.net")
"""What a machine calls itself in a path, whatever machine it is."""


def disks_move(view: View, source: str, destination: str) -> bool:
    """Whether disks move with this plan; a direction that is not planned counts like the way back of the one that is.

    The check must declare ``VmStorage``.

    Raises:
        MissingEvidence: the plan leaves them, and where they lie could not be read.
    """
    plan = view.route(source, destination) or view.route(destination, source)
    if plan is None or plan.storage:
        return True
    return any(is_local(disk, source) for disk in view.rows(VmStorage, source) if disk.is_disk and disk.path)


def is_local(disk: VmStorage, source: str) -> bool:
    """Whether a disk lies on the source, by its path; also one on a share of it, called by itself or by its names."""
    full = source.lower().rstrip(".")
    return disk.file_server.rstrip(".") in ("", full, full.partition(".")[0], *ITSELF)
