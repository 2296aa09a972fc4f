"""Whether disks move: where the plan says so, and where one lies on a local volume of the source, whatever it says."""

from __future__ import annotations

from scanner.api import View
from scanner.facts.vm import VmStorage


def disks_move(view: View, source: str, destination: str) -> bool:
    """Whether disks move with this plan; a direction that is not planned counts like the way back of the one that is.

    The check must declare ``VmStorage``.

    Raises:
        MissingEvidence: the plan leaves them, and where they lie could not be read.
    """
    plan = view.route(source, destination) or view.route(destination, source)
    if plan is None or plan.storage:
        return True
    return any(not disk.file_server for disk in view.rows(VmStorage, source) if disk.is_disk and disk.path)
