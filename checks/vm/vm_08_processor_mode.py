"""A machine that runs was shown the features of its processor; one that lacks some of them does not take it.

Does not apply to a machine that is off and has no checkpoint with a saved state, to hosts of the same model and
microcode, and to those of two makers (HOST-07 judges them). Passes where models differ in compatibility mode, where the
destination's microcode is newer, and where it is not, for machines below version 8.0 that the host does not show what
it brings. Fails where models differ, without that mode and with such a checkpoint (Microsoft Learn: use live migration
without failover clustering, troubleshooting). Unknown without such a checkpoint, in the mode for nodes of a cluster,
and with microcode that is older there or cannot be compared: no query tells the features, and the mode does not hide
what protects from speculation (Microsoft Learn: CVE-2017-5715 and Hyper-V VMs).
"""

from __future__ import annotations

from dataclasses import replace

from checks.common.processors import OF_SOURCE, PROCESSORS, Kin, carried, compared, concerned
from checks.vm.machine import name_and_version
from scanner.api import Severity, Subject, Verdict, View, Who, check, not_applicable, scopes, tell


@check(
    id="VM-08",
    title="Processor compatibility mode where CPU models differ",
    fails="CPU models differ, with a saved state and without compatibility mode",
    severity=Severity.HIGH,
    who=Who.VIRTUAL_MACHINE,
    of_machines=True,
    scope=scopes.VM_ROUTE,
    seed="beyond seeds",
    needs=PROCESSORS,
    of_source=OF_SOURCE,
    remedy="Shut the machine down before it moves, or turn compatibility mode on while it is off; where the microcode "
    "there is older, update the destination's firmware.",
)
def processor_mode(move: Subject, view: View) -> Verdict:
    """Judge one virtual machine on one route."""
    name, version = name_and_version(view, move.source, move.vm_id)
    if not concerned(view, move.source, move.vm_id):
        return not_applicable(tell("{name} is off, and starts on any processor", name=name))
    near = view.shared(compared, move.source, move.destination)
    if near.kin is Kin.MAKERS:
        return not_applicable(tell("of two makers, which HOST-07 judges"))
    if near.kin is Kin.SAME:
        return not_applicable(tell("the same model and microcode: {near}", near=near.text))
    verdict = carried(view, move.source, move.vm_id, version, near)
    return replace(verdict, seen=tell("{name}: {seen}", name=name, seen=verdict.seen) if verdict.seen else "")
