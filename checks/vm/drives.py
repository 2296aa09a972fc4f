"""Disks and drives of a host that a virtual machine has as its own."""

from __future__ import annotations

from scanner.api import View
from scanner.facts.devices import VmPhysicalDrive


def physical_drives(view: View, host: str, vm_id: str) -> tuple[VmPhysicalDrive, ...]:
    """The drives of the host that a machine has. The check must declare ``VmPhysicalDrive``.

    Raises:
        MissingEvidence: they could not be read.
    """
    return view.derived(VmPhysicalDrive, host, _drives).get(vm_id, ())


def _drives(rows: tuple[VmPhysicalDrive, ...]) -> dict[str, tuple[VmPhysicalDrive, ...]]:
    found: dict[str, tuple[VmPhysicalDrive, ...]] = {}
    for row in rows:
        found[row.owner] = (*found.get(row.owner, ()), row)
    return found
