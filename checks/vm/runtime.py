"""What the Hyper-V module tells of a virtual machine, where it is installed."""

from __future__ import annotations

from scanner.api import MissingEvidence, View, tell
from scanner.facts.vm_runtime import VmRuntime


def runtime_of(view: View, host: str, vm_id: str) -> VmRuntime | None:
    """What the module tells of a machine; nothing where it is not installed.

    The check must declare ``VmRuntime``.

    Raises:
        MissingEvidence: the module is there and could not be asked, or lists other machines and not this one.
    """
    rows = view.derived(VmRuntime, host, _runtimes)
    if rows and vm_id not in rows:
        raise MissingEvidence(
            tell(
                "VmRuntime of {host} does not list {vm_id}, and WMI does",
                host=host,
                vm_id=vm_id or tell("a machine without id"),
            )
        )
    return rows.get(vm_id)


def _runtimes(rows: tuple[VmRuntime, ...]) -> dict[str, VmRuntime]:
    return {row.vm_id: row for row in rows}
