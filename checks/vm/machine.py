"""One virtual machine and its configuration version, for the checks that judge it."""

from __future__ import annotations

from checks.common.parts import clip
from checks.common.versions import Version, parse
from scanner.api import MissingEvidence, View, counted, tell
from scanner.facts.vm import VirtualMachineSettings

Named = tuple[str, Version]


def name_and_version(view: View, host: str, vm_id: str) -> Named:
    """The machine's name, fit to be shown, and its version. The check must declare ``VirtualMachineSettings``.

    Raises:
        MissingEvidence: the machine is not listed exactly once, or its version is none.
    """
    found = view.derived(VirtualMachineSettings, host, _by_id).get(vm_id)
    if isinstance(found, tuple):
        return found
    why = found or tell(
        "{machines} with the id {vm_id}", machines=counted(0, "machine"), vm_id=vm_id or tell("missing")
    )
    raise MissingEvidence(tell("VirtualMachineSettings of {host}: {why}", host=host, why=why))


def name_of(view: View, host: str, vm_id: str) -> str:
    """The machine's name, as it is told. The check must declare ``VirtualMachineSettings``.

    Raises:
        MissingEvidence: the host's machines were not read, or it is not listed exactly once.
    """
    names = view.derived(VirtualMachineSettings, host, _names).get(vm_id, ())
    if len(names) != 1:
        raise MissingEvidence(
            tell(
                "VirtualMachineSettings of {host}: {machines} with the id {vm_id}",
                host=host,
                machines=counted(len(names), "machine"),
                vm_id=vm_id,
            )
        )
    return names[0]


def _names(rows: tuple[VirtualMachineSettings, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        if row.is_machine:
            found[row.vm_id] = (*found.get(row.vm_id, ()), row.name)
    return found


def _by_id(rows: tuple[VirtualMachineSettings, ...]) -> dict[str, Named | str]:
    """Every machine's name and version, or why there is none; made once for all that ask of the host."""
    found: dict[str, list[VirtualMachineSettings]] = {}
    for row in rows:
        if row.is_machine:
            found.setdefault(row.vm_id, []).append(row)
    return {vm_id: _named(vm_id, machines) for vm_id, machines in found.items()}


def _named(vm_id: str, machines: list[VirtualMachineSettings]) -> Named | str:
    if len(machines) != 1:
        return tell(
            "{machines} with the id {vm_id}", machines=counted(len(machines), "machine"), vm_id=vm_id or tell("missing")
        )
    version = parse(machines[0].version)
    if version is None:
        told = clip(machines[0].version or "", 40) or tell("empty")
        return tell("the version of {vm_id} is {told}", vm_id=vm_id, told=told)
    return clip(machines[0].name), version
