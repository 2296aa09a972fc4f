"""What the Hyper-V module tells of a virtual machine, where it is installed."""

from __future__ import annotations

from scanner.api import View
from scanner.facts.vm_runtime import VmRuntime


def runtime_of(view: View, host: str, vm_id: str) -> VmRuntime | None:
    """What the module tells of a machine; nothing where it is not installed or does not list the machine.

    The check must declare ``VmRuntime``.

    Raises:
        MissingEvidence: the module is there and could not be asked.
    """
    return view.derived(VmRuntime, host, _runtimes).get(vm_id)


def _runtimes(rows: tuple[VmRuntime, ...]) -> dict[str, VmRuntime]:
    return {row.vm_id: row for row in rows}
