"""A route on which each virtual machine decides: how many of the source's the destination runs."""

from __future__ import annotations

from checks.common.chosen import chosen
from checks.common.supported import supported
from checks.common.versions import parse
from scanner.api import Subject, Verdict, View, counted, failed, joined, passed, tell, unknown, warned

BY_MACHINE = tell("VM-02 judges each virtual machine")


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
        return failed(
            tell("{seen}; none of {every} is supported there", seen=seen, every=every),
            known.text,
            note=tell("{by_machine} by name", by_machine=BY_MACHINE),
        )
    free = sum(version in known.versions for version in versions)
    if stuck and free:
        works = tell("it is open to {free} of {every}; VM-02 stops each of the others by name", free=free, every=every)
        return warned(
            tell("{seen}; {stuck} of {every} not supported there", seen=seen, stuck=stuck, every=every),
            known.text,
            works=works,
            note=known.note,
        )
    if None in versions:
        return unknown(
            tell("VirtualMachineSettings of {source}: a configuration version is not known", source=route.source)
        )
    if undocumented and not machines:
        return unknown(
            tell("{undocumented}, and there is no virtual machine on the source to judge by", undocumented=undocumented)
        )
    return passed(
        tell("{seen}; {every} supported there", seen=seen, every=every),
        note=joined("; ", filter(None, (undocumented, known.note))),
    )
