"""The virtual machines of a host that its planned moves are about."""

from __future__ import annotations

from collections.abc import Iterable

from scanner.api import Estate, Gap, MissingEvidence, View, counted, left_out, tell
from scanner.facts.vm import RUNNING, VirtualMachineSettings, VirtualMachineState


def moving(view: View, host: str) -> dict[str, str]:
    """Names of the machines that move, by id. The check must declare both facts of machines that are imported here.

    Raises:
        MissingEvidence: they could not be read, or their list is not whole.
    """
    rows, states = view.rows(VirtualMachineSettings, host), view.ask(VirtualMachineState, host)
    return named(view.estate, host, rows, () if isinstance(states, Gap) else states)


def named(
    estate: Estate, host: str, rows: Iterable[VirtualMachineSettings], states: Iterable[VirtualMachineState]
) -> dict[str, str]:
    """Names of the machines that the estate means, by id; checkpoints and planned machines are none.

    Raises:
        MissingEvidence: states or checkpoints tell of machines that are not listed.
    """
    every, now = tuple(rows), {row.vm_id: row.enabled_state for row in states}
    listed = {row.vm_id for row in every if row.is_machine or (row.is_planned and now.get(row.vm_id) != RUNNING)}
    told = now.keys() | {row.vm_id for row in every if row.is_part}
    if unlisted := told - listed - {""}:
        more = counted(len(unlisted), "virtual machine")
        raise MissingEvidence(
            tell("VirtualMachineSettings of {host}: {more} more than are listed", host=host, more=more)
        )
    machines = (row for row in every if row.is_machine)
    return {row.vm_id: row.name for row in machines if not left_out(estate, row.vm_id, (row.name,))}
