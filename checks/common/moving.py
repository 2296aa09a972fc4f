"""The virtual machines of a host that its planned moves are about."""

from __future__ import annotations

from collections.abc import Iterable

from scanner.api import Gap, MissingEvidence, View, counted
from scanner.facts.vm import VirtualMachineSettings, VirtualMachineState


def moving(view: View, host: str) -> dict[str, str]:
    """Names of the machines that move, by id. The check must declare both facts of machines that are imported here.

    Raises:
        MissingEvidence: they could not be read, or their list is not whole.
    """
    rows, states = view.rows(VirtualMachineSettings, host), view.ask(VirtualMachineState, host)
    return named(host, rows, () if isinstance(states, Gap) else states)


def named(host: str, rows: Iterable[VirtualMachineSettings], states: Iterable[VirtualMachineState]) -> dict[str, str]:
    """Names of the machines, by id; checkpoints and planned machines are none.

    Raises:
        MissingEvidence: states or checkpoints tell of machines that are not listed.
    """
    every = tuple(rows)
    listed = {row.vm_id for row in every if row.is_machine or row.is_planned}
    told = {row.vm_id for row in states} | {row.vm_id for row in every if row.is_part}
    if unlisted := told - listed - {""}:
        more = counted(len(unlisted), "virtual machine")
        raise MissingEvidence(f"VirtualMachineSettings of {host}: {more} more than are listed")
    return {row.vm_id: row.name for row in every if row.is_machine}
