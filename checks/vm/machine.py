"""One virtual machine and its configuration version, for the checks that judge it."""

from __future__ import annotations

from checks.common.parts import clip
from checks.common.versions import Version, parse
from scanner.api import MissingEvidence, View, counted
from scanner.facts.vm import VirtualMachineSettings


def name_and_version(view: View, host: str, vm_id: str) -> tuple[str, Version]:
    """The machine's name, fit to be shown, and its version. The check must declare ``VirtualMachineSettings``.

    Raises:
        MissingEvidence: the machine is not listed exactly once, or its version is none.
    """
    rows = view.derived(VirtualMachineSettings, host, _by_id).get(vm_id, [])
    if len(rows) != 1:
        raise MissingEvidence(
            f"VirtualMachineSettings of {host}: {counted(len(rows), 'machine')} with the id {vm_id or 'missing'}"
        )
    version = parse(rows[0].version)
    if version is None:
        text = clip(rows[0].version or "empty", 40)
        raise MissingEvidence(f"VirtualMachineSettings of {host}: the version of {vm_id} is {text}")
    return clip(rows[0].name), version


def _by_id(rows: tuple[VirtualMachineSettings, ...]) -> dict[str, list[VirtualMachineSettings]]:
    found: dict[str, list[VirtualMachineSettings]] = {}
    for row in rows:
        if row.is_machine:
            found.setdefault(row.vm_id, []).append(row)
    return found
