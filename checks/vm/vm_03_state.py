"""A machine that is critical, or busy with a backup, an export or another move, does not start on its way.

Passes for a machine that runs or is off, whose health is in order and that is busy with nothing. Saved or paused is a
warning. Fails where the machine is critical (HealthState 20 or 25, or a critical State of the Hyper-V module), in
service, or being backed up. Unknown is any other status it is busy with, a state on its way to another, a number that
no document tells, what WMI and the module tell differently, and a machine that the module leaves out. Where the module
is not installed WMI alone decides.
Judged where disks move alone, too: who cannot reach them, or backs them up, cannot move them either.
"""

from __future__ import annotations

from checks.vm.state import state_parts
from scanner.api import Severity, Subject, Verdict, View, Who, check, scopes, worst
from scanner.facts.vm import VirtualMachineState
from scanner.facts.vm_runtime import VmRuntime


@check(
    id="VM-03",
    title="The state of the virtual machine allows a move",
    fails="The virtual machine is critical, in service or being backed up",
    warns="The virtual machine is saved or paused",
    severity=Severity.HIGH,
    who=Who.VIRTUAL_MACHINE,
    scope=scopes.VM,
    seed="beyond seeds",
    needs=(VirtualMachineState, VmRuntime),
    remedy="Wait until it is busy with nothing, start or resume it, and mend its storage where it is critical.",
)
def state(vm: Subject, view: View) -> Verdict:
    """Judge one virtual machine."""
    return worst(state_parts(view, vm.host, vm.vm_id))
