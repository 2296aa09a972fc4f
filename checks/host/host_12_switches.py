"""Machines find the network they know behind a switch of the same name; its name alone is what a move looks at.

Passes when every switch that machines of planned moves hang on is there on the other host, and leads as far: to an
adapter, to the host, or to nothing. One that is there and leads elsewhere is a warning. Fails where one is missing,
which VM-05 tells of each machine. Differences between switches on which no such machine hangs are a note. Unknown where
one is there twice, or could not be read.
"""

from __future__ import annotations

from checks.common.parts import combine
from checks.common.switches import SWITCHES
from checks.host.alike import alone, used
from scanner.api import Severity, Subject, Verdict, View, Who, check, joined, passed, scopes, tell
from scanner.facts.vm import VirtualMachineSettings


@check(
    id="HOST-12",
    title="Both hosts have the same virtual switches",
    fails="A virtual switch that machines use is missing on the other host",
    warns="A virtual switch that machines use is of another kind on the other host",
    severity=Severity.LOW,
    who=Who.HOST,
    follows=("VM-05",),
    of_machines=True,
    scope=scopes.PAIR,
    seed="beyond seeds",
    needs=(*SWITCHES, VirtualMachineSettings),
    remedy="Make switches that machines use alike on both hosts: name, kind, and the network behind them.",
)
def same_switches(pair: Subject, view: View) -> Verdict:
    """Judge one pair of hosts."""
    ends = [(one, other) for one, other in (pair.names, pair.names[::-1]) if _planned(view, one, other)]
    parts = [part for source, end in ends for part in used(view, source, end)]
    spare = [text for one, other in (pair.names, pair.names[::-1]) if (text := alone(view, one, other))]
    return combine([*parts, passed("" if parts else tell("no machine hangs on a switch"), note=joined("; ", spare))])


def _planned(view: View, source: str, destination: str) -> bool:
    route = view.route(source, destination)
    return route is not None and route.machines
