"""A running machine takes its memory along: where the destination has not that much left, the move ends (0x800705AA).

What a machine has now counts, or, where that is not told, what it is set to have: all of it without dynamic memory,
between minimum and maximum with it. Fails where the largest running machine needs more than is free; unknown where that
lies between. A warning where it fits, but no reserve stays (thresholds.memory_reserve_gib), or all of the source's
machines, or those of all planned sources of the destination, do not fit together. Machines that are off are a note.
"""

from __future__ import annotations

from checks.host.memory_needs import NEEDS, Needs, gib, needs
from checks.host.memory_together import together
from scanner.api import Severity, Subject, Verdict, View, Who, check, failed, not_applicable, scopes, tell, unknown
from scanner.facts.memory import PhysicalMemory, VmMemory
from scanner.facts.vm_runtime import VmRuntime


@check(
    id="HOST-08",
    title="Destination has enough free memory",
    fails="Destination has too little free memory for a virtual machine of the source",
    warns="Destination's memory leaves no reserve, or does not hold all machines at once",
    severity=Severity.HIGH,
    who=Who.HOST,
    of_machines=True,
    scope=scopes.ROUTE,
    seed="beyond seeds",
    needs=(PhysicalMemory, *NEEDS),
    of_source=(VmMemory, VmRuntime),
    of_destination=(PhysicalMemory,),
    remedy="Free memory on the destination, add some, or let fewer machines move there.",
)
def free_memory(route: Subject, view: View) -> Verdict:
    """Judge one direction."""
    memory, own = view.one(PhysicalMemory, route.destination), view.shared(needs, route.source)
    if not own.running:
        return not_applicable(tell("no virtual machine of {source} runs", source=route.source))
    if memory.free is None or (memory.total is not None and memory.free > memory.total):
        return unknown(
            tell("PhysicalMemory of {destination}: it does not tell what is free", destination=route.destination)
        )
    return _judged(route, view, own, memory.free * 1024)


def _judged(route: Subject, view: View, own: Needs, free: int) -> Verdict:
    largest, surely = max(own.running, key=lambda need: need.most), max(own.running, key=lambda need: need.least)
    if surely.least > free:
        remedy = tell(
            "Free {gib} more on {destination}, or give that machine less memory.",
            gib=gib(surely.least - free),
            destination=route.destination,
        )
        return failed(
            tell("{gib} free, and one machine takes {gib2}", gib=gib(free), gib2=gib(surely.least)),
            tell("room for each"),
            remedy,
        )
    if largest.most > free:
        span = tell("between {gib} and {gib2}", gib=gib(largest.least), gib2=gib(largest.most))
        return unknown(
            tell(
                "VmRuntime of {source}: one machine takes {span}, and {gib} are free",
                source=route.source,
                span=span,
                gib=gib(free),
            )
        )
    return together(route, view, own, free)
