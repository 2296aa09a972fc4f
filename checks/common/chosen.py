"""The virtual machines of a host that the estate means: all, unless ``[vms]`` leaves some out.

What adds up the machines of a host, or looks at all their disks, asks here: a machine that stays where it is is no
reason against the move of another.
"""

from __future__ import annotations

from scanner.api import Gap, View, left_out
from scanner.facts.vm import VirtualMachineSettings


def chosen(view: View, host: str) -> list[VirtualMachineSettings]:
    """The rows of the machines that are judged, without checkpoints and planned machines.

    The check must declare ``VirtualMachineSettings``.

    Raises:
        MissingEvidence: the host's machines could not be read.
    """
    machines = [row for row in view.rows(VirtualMachineSettings, host) if row.is_machine]
    out = owners_left_out(view, host)
    return [row for row in machines if row.vm_id not in out]


def owners_left_out(view: View, host: str) -> frozenset[str]:
    """The ids of machines that are left out and of their checkpoints, as what belongs to them bears them.

    None where the machines could not be read: then everything counts. The check must declare
    ``VirtualMachineSettings``.
    """
    estate = view.estate
    if not (estate.vms_only or estate.vms_except):
        return frozenset()
    rows = view.ask(VirtualMachineSettings, host)
    if isinstance(rows, Gap):
        return frozenset()
    names: dict[str, list[str]] = {}
    for row in rows:
        if row.is_machine:
            names.setdefault(row.vm_id, []).append(row.name)
    out = {vm_id for vm_id, called in names.items() if left_out(estate, vm_id, called)}
    parts = {row.setting_id for row in rows if not row.is_machine and row.vm_id in out}
    return frozenset(out | parts)
