"""Which states of a virtual machine are saved with its memory: its own, and those of its checkpoints."""

from __future__ import annotations

from dataclasses import dataclass

from checks.common.parts import clip
from scanner.api import MissingEvidence, View, tell
from scanner.facts.vm import SAVED, VirtualMachineSettings, VirtualMachineState


@dataclass(frozen=True, slots=True)
class Saved:
    """Whether a machine is saved itself, how many checkpoints it has, and which of them hold a saved state."""

    itself: bool
    checkpoints: int
    names: tuple[str, ...]


def saved_of(view: View, host: str, vm_id: str) -> Saved:
    """What is saved. The check must declare ``VirtualMachineSettings`` and ``VirtualMachineState``.

    Raises:
        MissingEvidence: nothing that is told is saved, and something is not told.
    """
    checkpoints = view.derived(VirtualMachineSettings, host, _checkpoints).get(vm_id, [])
    state = view.derived(VirtualMachineState, host, _states).get(vm_id)
    names = tuple(clip(row.name, 60) for row in checkpoints if row.is_saved)
    if state != SAVED and not names and (state is None or any(row.is_saved is None for row in checkpoints)):
        raise MissingEvidence(tell("{host}: whether a state of {vm_id} is saved is not told", host=host, vm_id=vm_id))
    return Saved(state == SAVED, len(checkpoints), names)


def _states(rows: tuple[VirtualMachineState, ...]) -> dict[str, int | None]:
    return {row.vm_id: row.enabled_state for row in rows if not row.is_host}


def _checkpoints(rows: tuple[VirtualMachineSettings, ...]) -> dict[str, list[VirtualMachineSettings]]:
    found: dict[str, list[VirtualMachineSettings]] = {}
    for row in rows:
        if row.is_part:
            found.setdefault(row.vm_id, []).append(row)
    return found
