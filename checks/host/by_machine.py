"""A route on which each virtual machine decides: how many of the source's the destination runs."""

from __future__ import annotations

from checks.common.chosen import chosen
from checks.common.supported import supported
from checks.common.versions import parse
from scanner.api import Subject, Verdict, View, counted, failed, passed, unknown, warned

BY_MACHINE = "VM-02 judges each virtual machine"


def judged(route: Subject, view: View, seen: str, undocumented: str = "") -> Verdict:
    """The route by its machines.

    Args:
        route: the direction that is judged.
        view: of a check that declares ``VirtualMachineSettings``, ``VMHost`` and ``OperatingSystem``.
        seen: the two releases.
        undocumented: why the releases alone say nothing for the route, where that is so.
    """
    known = supported(view, route.destination)
    machines = chosen(view, route.source)
    versions = [parse(row.version) for row in machines]
    every = counted(len(machines), "virtual machine")
    stuck = sum(version is not None and version not in known.versions for version in versions)
    if stuck and stuck == len(machines):
        return failed(f"{seen}; none of {every} is supported there", known.text, note=f"{BY_MACHINE} by name")
    free = sum(version in known.versions for version in versions)
    if stuck and free:
        works = f"it is open to {free} of {every}; VM-02 stops each of the others by name"
        return warned(f"{seen}; {stuck} of {every} not supported there", known.text, works=works, note=known.note)
    if None in versions:
        return unknown(f"VirtualMachineSettings of {route.source}: a configuration version is not known")
    if undocumented and not machines:
        return unknown(f"{undocumented}, and there is no virtual machine on the source to judge by")
    return passed(f"{seen}; {every} supported there", note="; ".join(filter(None, (undocumented, known.note))))
