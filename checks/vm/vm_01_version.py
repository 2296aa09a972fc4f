"""Live migration wants virtual machines of configuration version 5.0 or later; older ones come from Server 2012.

Passes from version 5.0 on, and for 4.0 on a host of Windows Server 2012: it may go to 2012 R2, which upgrades it on
arrival; VM-02 judges where to. Fails below 5.0 elsewhere, and for a version of a preview (254 and above), which no
released host supports. A version that is missing or no version is UNKNOWN. Replication has no such floor: there VM-02
alone decides.
"""

from __future__ import annotations

from checks.common.versions import OF_2012, OLDEST, is_preview, told
from checks.vm.machine import name_and_version
from scanner.api import Severity, Subject, Verdict, View, Who, check, failed, passed, scopes, tell
from scanner.facts.host import OperatingSystem
from scanner.facts.vm import VirtualMachineSettings

PREVIEW = tell("made by a preview; make a new machine of a released version from its disks")


@check(
    id="VM-01",
    title="Configuration version is at least 5.0",
    fails="Configuration version is below 5.0, or of a preview",
    severity=Severity.CRITICAL,
    who=Who.VIRTUAL_MACHINE,
    of_machines=True,
    scope=scopes.VM,
    seed="S0-S3 #requirements-for-setting-up-live-migration bullet 2",
    needs=(VirtualMachineSettings, OperatingSystem),
    remedy="Bring the virtual machine to a host of Windows Server 2012 R2, which upgrades it; there is no way back.",
)
def version(vm: Subject, view: View) -> Verdict:
    """Judge one virtual machine."""
    name, found = name_and_version(view, vm.host, vm.vm_id)
    seen = tell("{name}: {told}", name=name, told=told(found))
    if is_preview(found):
        return failed(seen, tell("a released version"), note=PREVIEW)
    if found >= OLDEST:
        return passed(seen)
    if found == OF_2012 and view.one(OperatingSystem, vm.host).release == "2012":
        return passed(
            seen, note=tell("of Windows Server 2012; 2012 R2 upgrades it on arrival, and there is no way back")
        )
    ways = tell("Windows Server 2012 runs 4.0, and 2012 R2 upgrades that on arrival; no later release does")
    return failed(seen, tell("{told} or later", told=told(OLDEST)), note=ways)
