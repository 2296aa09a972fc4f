"""How much memory the virtual machines of a host take where they arrive.

A machine that runs takes what it has now. Where nobody told that, one without dynamic memory takes what it is set to
have, and one with it something between its minimum and its maximum. One that is off or saved takes none to be moved.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from checks.common.moving import moving, named
from checks.common.parts import clip
from scanner.api import Everything, Fact, Gap, MissingEvidence, View, counted, tell
from scanner.facts.memory import VmMemory
from scanner.facts.vm import RUNNING, VirtualMachineSettings, VirtualMachineState
from scanner.facts.vm_runtime import VmRuntime

NEEDS: tuple[type[Fact], ...] = (VirtualMachineSettings, VirtualMachineState, VmMemory, VmRuntime)
OFF, SAVED, PAUSED = 3, 6, 9
"""Msvm_ComputerSystem.EnabledState, beside running"""
MIB, GIB = 1 << 20, 1 << 30


def gib(size: int) -> str:
    """A size as reports say it."""
    return tell("{size:,.1f} GiB", size=size / GIB)


@dataclass(frozen=True, slots=True)
class Need:
    """What one machine takes, in bytes: between these two, which are the same where it is known."""

    name: str
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Needs:
    """What the machines of a host take."""

    running: tuple[Need, ...]
    to_start: tuple[Need, ...]
    """of those that are off or saved: what they need once they start"""

    @property
    def total(self) -> int:
        """What all that run take, at most."""
        return sum(need.most for need in self.running)

    @property
    def told(self) -> str:
        """What they take, as reports say it."""
        largest = max((need.most for need in self.running), default=0)
        return tell("the largest machine takes {gib}, all that run {gib2}", gib=gib(largest), gib2=gib(self.total))

    @property
    def later(self) -> str:
        """What is worth a word of those that do not run."""
        count = counted(len(self.to_start), "machine")
        return tell("{count} off or saved: memory is needed once they start", count=count) if self.to_start else ""


def needs(view: View, host: str) -> Needs:
    """The needs of a host's machines that move. The check must declare ``NEEDS``.

    Raises:
        MissingEvidence: what decides could not be read.
    """
    names, states = moving(view, host), view.rows(VirtualMachineState, host)
    return _needs(host, names, states, view.rows(VmMemory, host), view.ask(VmRuntime, host))


def totals(everything: Everything) -> dict[str, int | None]:
    """What the running machines of each host take together; nothing where that cannot be told."""
    return {host: _total(everything, host) for host in everything.targets(VirtualMachineSettings)}


def _total(everything: Everything, host: str) -> int | None:
    rows, states = everything.ask(VirtualMachineSettings, host), everything.ask(VirtualMachineState, host)
    memory, runtime = everything.ask(VmMemory, host), everything.ask(VmRuntime, host)
    if isinstance(rows, Gap) or isinstance(states, Gap) or isinstance(memory, Gap):
        return None
    try:
        return _needs(host, named(everything.estate, host, rows, states), states, memory, runtime).total
    except MissingEvidence:
        return None


def _needs(
    host: str,
    names: dict[str, str],
    states: Iterable[VirtualMachineState],
    memory: Iterable[VmMemory],
    runtime: tuple[VmRuntime, ...] | Gap,
) -> Needs:
    state = {row.vm_id: row.enabled_state for row in states}
    settings = {row.owner: row for row in memory}
    assigned = {} if isinstance(runtime, Gap) else {row.vm_id: row.assigned or 0 for row in runtime}
    running: list[Need] = []
    to_start: list[Need] = []
    for vm_id, name in names.items():
        if vm_id not in state or vm_id not in settings:
            raise MissingEvidence(
                tell("VmMemory of {host}: state or memory of {name} is not told", host=host, name=clip(name))
            )
        at_rest = state[vm_id] in (OFF, SAVED)
        need = _need(name, settings[vm_id], 0 if at_rest else assigned.get(vm_id, 0))
        if state[vm_id] not in (RUNNING, PAUSED):
            need = Need(name, 0, need.most)  # on its way to another state, or not told
        if not at_rest and need.most <= 0:
            raise MissingEvidence(
                tell(
                    "VmMemory of {host}: {name} is not off, and tells no memory that it takes",
                    host=host,
                    name=clip(name),
                )
            )
        (to_start if at_rest else running).append(need)
    return Needs(tuple(running), tuple(to_start))


def _need(name: str, row: VmMemory, assigned: int) -> Need:
    if not row.dynamic:
        whole = max(row.startup * MIB, assigned)
        return Need(name, whole, whole)
    least = row.startup if row.minimum is None else min(row.minimum, row.startup)
    if assigned and assigned >= least * MIB:  # one that has less than its minimum is not believed
        return Need(name, assigned, assigned)
    return Need(name, least * MIB, max(row.maximum or 0, row.startup) * MIB)
