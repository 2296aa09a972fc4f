"""A host runs only the configuration versions it knows; a virtual machine of any other version cannot arrive there.

Passes when the destination names exactly the machine's version among those it supports. Fails when it does not: an
older machine must first be upgraded on a host that still runs it, a newer one can never go back. The destination's own
list decides; without one, Microsoft's table for its build does. With neither it is UNKNOWN.
"""

from __future__ import annotations

from checks.common.supported import Supported, supported
from checks.common.versions import Version, told
from checks.vm.machine import name_and_version
from scanner.api import Severity, Subject, Verdict, View, check, failed, passed, powershell, scopes, unknown
from scanner.facts.host import OperatingSystem
from scanner.facts.hyperv import VMHost
from scanner.facts.vm import VirtualMachineSettings


@check(
    id="VM-02",
    title="Destination supports the configuration version",
    severity=Severity.CRITICAL,
    scope=scopes.VM_ROUTE,
    seed="S0-S3 #requirements-for-setting-up-live-migration bullet 2",
    needs=(VirtualMachineSettings, VMHost, OperatingSystem),
    remedy="Upgrade the virtual machine on a host that still runs it, or choose a destination that knows its version.",
)
def version_supported(move: Subject, view: View) -> Verdict:
    """Judge one virtual machine on one route."""
    name, found = name_and_version(view, move.source, move.vm_id)
    theirs = supported(view, move.destination)
    seen = f"{name}: {told(found)}"
    if found in theirs.versions:
        return passed(f"{seen}, supported by {move.destination}", note=theirs.note)
    if theirs.odd:
        return unknown(f"{theirs.odd}; {seen} may be among them", wanted=theirs.text)
    return _refused(move, found, seen, theirs)


def _refused(move: Subject, found: Version, seen: str, theirs: Supported) -> Verdict:
    if found > max(theirs.versions):
        reason = "it is too new for the destination, and a version cannot be lowered"
        return failed(seen, theirs.text, note="; ".join(filter(None, (reason, theirs.note))))
    reason = "upgrade it on a host that still runs it" if found < min(theirs.versions) else "upgrade it"
    template = "Get-VM -ComputerName <host> -Id <vm> | Update-VMVersion -Confirm  # irreversible; needs it off"
    remedy = powershell(template, host=move.source, vm=move.vm_id)
    return failed(seen, theirs.text, remedy, note="; ".join(filter(None, (reason, theirs.note))))
