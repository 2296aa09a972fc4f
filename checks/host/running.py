"""Of a host's machines those that hold what they were shown of its processors, and what a destination is to them."""

from __future__ import annotations

from dataclasses import dataclass

from checks.common.chosen import chosen
from checks.common.processors import Compared, Kin, carried, concerned, runs
from checks.common.versions import parse
from checks.host.product import VIRTUAL
from scanner.api import MissingEvidence, Status, Subject, Verdict, View, failed, tell, unknown, warned
from scanner.facts.host import ComputerSystem
from scanner.facts.vm import VirtualMachineSettings


@dataclass(frozen=True, slots=True)
class Running:
    """How many machines there are, run, hold what they were shown (also in a checkpoint), and are in doubt."""

    every: int
    on: int
    held: int
    doubts: int


def running(view: View, host: str, near: Compared) -> Running:
    """Count them. The check must declare ``PROCESSORS`` and ``VirtualMachineSettings``.

    Raises:
        MissingEvidence: the machines or a state could not be read.
    """
    machines = chosen(view, host)
    on = sum(runs(view, host, row.vm_id) for row in machines)
    held = [row for row in machines if concerned(view, host, row.vm_id)]
    doubts = 0 if near.kin is Kin.MAKERS else sum(_doubtful(view, host, row, near) for row in held)
    return Running(len(machines), on, len(held), doubts)


def makers(seen: str, found: Running) -> Verdict:
    """The verdict on processors of two makers."""
    wanted = tell("processors of one maker")
    if found.every and found.held and not found.on:
        return unknown(
            tell(
                "{seen}: no machine runs, and a checkpoint holds a saved state, which cannot be resumed there",
                seen=seen,
            )
        )
    if found.every and not found.on:
        return warned(seen, wanted, works=tell("every machine is off, and one that is off starts on any processor"))
    return failed(seen, wanted, note=tell("a machine that runs cannot go; one that is shut down can, and starts there"))


def nested(view: View, route: Subject) -> str:
    """What equal models are worth where a host is itself a virtual machine.

    The check must declare ``ComputerSystem``.

    Raises:
        MissingEvidence: what a host is could not be read.
    """
    for host in (route.source, route.destination):
        system = view.one(ComputerSystem, host)
        if VIRTUAL.search(" ".join(filter(None, (system.manufacturer, system.model)))):
            return tell(
                "{host} is itself a virtual machine: the hypervisor beneath may hide features from it", host=host
            )
    return ""


def _doubtful(view: View, host: str, row: VirtualMachineSettings, near: Compared) -> bool:
    try:
        return carried(view, host, row.vm_id, parse(row.version), near).status is not Status.PASS
    except MissingEvidence:
        return True
