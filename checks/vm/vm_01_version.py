"""Live migration wants virtual machines of configuration version 5.0 or later; older ones come from Server 2012.

Passes from version 5.0 on. Fails below it. Warns for a version of a build that was never released (254 and above). A
version that is missing or no version is UNKNOWN.
"""

from __future__ import annotations

from checks.common.versions import OLDEST, PRERELEASE, told
from checks.vm.machine import name_and_version
from scanner.api import Severity, Subject, Verdict, View, check, failed, passed, powershell, scopes, warned
from scanner.facts.vm import VirtualMachineSettings


@check(
    id="VM-01",
    title="Configuration version is at least 5.0",
    severity=Severity.CRITICAL,
    scope=scopes.VM,
    seed="S0-S3 #requirements-for-setting-up-live-migration bullet 2",
    needs=(VirtualMachineSettings,),
    remedy="Shut the virtual machine down and upgrade its configuration version; there is no way back.",
)
def version(vm: Subject, view: View) -> Verdict:
    """Judge one virtual machine."""
    name, found = name_and_version(view, vm.host, vm.vm_id)
    if found < OLDEST:
        template = "Get-VM -ComputerName <host> -Id <vm> | Update-VMVersion -Confirm  # irreversible; needs it off"
        return failed(
            f"{name}: {told(found)}", f"{told(OLDEST)} or later", powershell(template, host=vm.host, vm=vm.vm_id)
        )
    if found[0] >= PRERELEASE:
        return warned(f"{name}: {told(found)}", "a released version", note="made by a build that was never released")
    return passed(f"{name}: {told(found)}")
