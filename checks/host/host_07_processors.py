"""A machine that runs cannot change to a processor of another maker, nor to one that lacks what it was shown.

Passes for the same model with the same or newer microcode, and where every machine that runs is in compatibility mode
or is too old to be shown what differs; one with a saved state, also in a checkpoint, counts as one that runs. Fails for
two makers and a machine that runs; where all are off that is a warning, with such a checkpoint unknown. Unknown where
models differ and a machine runs without that mode, and where the destination's microcode is older, or cannot be
compared, and a machine was shown what it brings (Microsoft Learn: processor compatibility; CVE-2017-5715 and Hyper-V
VMs). VM-08 tells of each machine.
"""

from __future__ import annotations

from checks.common.processors import OF_SOURCE, PROCESSORS, Kin, compared
from checks.host.running import makers, nested, running
from scanner.api import Severity, Subject, Verdict, View, Who, check, counted, passed, scopes, tell, unknown
from scanner.facts.host import ComputerSystem

BY_MACHINE = tell("VM-08 judges each machine that runs")
OFF = tell("no machine runs, and one that is off goes anywhere")


@check(
    id="HOST-07",
    title="Processors are from the same vendor (and compatible)",
    fails="Processors are from two vendors, between which no running machine can move",
    warns="Processors are from two vendors, and every virtual machine is off",
    severity=Severity.CRITICAL,
    who=Who.HOST,
    of_machines=True,
    scope=scopes.ROUTE,
    seed="beyond seeds",
    needs=(*PROCESSORS, ComputerSystem),
    of_source=OF_SOURCE,
    remedy="Move to a host of the same model, update its firmware, or shut the machines down before they move.",
)
def processors(route: Subject, view: View) -> Verdict:
    """Judge one direction."""
    near = compared(view, route.source, route.destination)
    if near.kin is Kin.SAME:
        return passed(near.text, note=nested(view, route))
    found = view.shared(running, route.source, near)
    if near.kin is Kin.MAKERS:
        return makers(near.text, found)
    if found.doubts:
        doubts = tell(
            "{machines} of {held} that run or hold a saved state may not go",
            machines=counted(found.doubts, "machine"),
            held=found.held,
        )
        return unknown(tell("{near}: {doubts}; {by_machine}", near=near.text, doubts=doubts, by_machine=BY_MACHINE))
    return passed(near.text, note=BY_MACHINE if found.held else OFF)
