"""A machine that must be upgraded before it moves is upgraded only while nothing of it is saved with its memory.

Applies where VM-02 demands an upgrade. Fails for a machine that is saved, and for one with a checkpoint that holds a
saved state: the upgrade wants the machine shut down and no such state (Microsoft Learn: upgrade virtual machine
version; Update-SCVMVersion). Passes without, with a note where checkpoints keep the old version inside. Unknown where
the machine or a checkpoint does not tell.
"""

from __future__ import annotations

from checks.common.parts import listing
from checks.common.saved import saved_of
from checks.vm.machine import name_and_version
from checks.vm.upgrade import demanded
from scanner.api import (
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    check,
    counted,
    failed,
    not_applicable,
    passed,
    scopes,
    tell,
)
from scanner.facts.host import OperatingSystem
from scanner.facts.hyperv import VMHost
from scanner.facts.vm import VirtualMachineSettings, VirtualMachineState


@check(
    id="VM-11",
    title="Checkpoints and saved states won't block a needed version upgrade",
    fails="A saved state blocks a needed version upgrade",
    severity=Severity.INFO,
    who=Who.VIRTUAL_MACHINE,
    of_machines=True,
    scope=scopes.VM_ROUTE,
    seed="S0-S3 #requirements-for-setting-up-live-migration (upgrade link)",
    needs=(VirtualMachineSettings, VirtualMachineState, VMHost, OperatingSystem),
    remedy="Start a saved machine and shut it down; delete or apply checkpoints with a saved state, then upgrade.",
)
def saved_states(move: Subject, view: View) -> Verdict:
    """Judge one virtual machine on one route."""
    _, version = name_and_version(view, move.source, move.vm_id)
    if not demanded(view, move, version):
        return not_applicable(tell("VM-02 demands no upgrade"))
    found = saved_of(view, move.source, move.vm_id)
    saved = [tell("the machine itself")] if found.itself else []
    if saved or found.names:
        saved += [tell("checkpoint {name}", name=name) for name in found.names]
        return failed(tell("a saved state holds up the upgrade: {saved}", saved=listing(saved)), tell("no saved state"))
    note = tell("each keeps the old version inside") if found.checkpoints else ""
    return passed(
        tell("{checkpoints}, no saved state", checkpoints=counted(found.checkpoints, "checkpoint")), note=note
    )
