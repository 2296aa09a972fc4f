"""A host runs only the configuration versions it knows; a virtual machine of any other version cannot arrive there.

Passes when the destination names exactly the machine's version among those it supports, and for 4.0 from Windows Server
2012 to 2012 R2, which upgrades it on arrival. Fails when it does not: an older machine must first be upgraded on a host
that still runs it, a newer one can never go back, and one of a preview (254 and above) is supported nowhere. The
destination's own list decides; without one, Microsoft's table for its build does. With neither it is UNKNOWN.
"""

from __future__ import annotations

from checks.common.supported import Supported, supported
from checks.common.versions import Version, is_preview, told
from checks.vm.machine import name_and_version
from checks.vm.upgrade import arrives_upgraded, way
from scanner.api import (
    Profile,
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    check,
    failed,
    joined,
    passed,
    scopes,
    tell,
    unknown,
)
from scanner.facts.host import OperatingSystem
from scanner.facts.hyperv import VMHost
from scanner.facts.vm import VirtualMachineSettings


@check(
    id="VM-02",
    title="Destination supports the configuration version",
    fails="Destination lacks support for the configuration version",
    severity=Severity.CRITICAL,
    who=Who.VIRTUAL_MACHINE,
    profiles=(Profile.LIVE_MIGRATION, Profile.REPLICA, Profile.ASR_VMM),
    scope=scopes.VM_ROUTE,
    seed="S0-S3 #requirements-for-setting-up-live-migration bullet 2",
    needs=(VirtualMachineSettings, VMHost, OperatingSystem),
    remedy="Upgrade the virtual machine on a host that still runs it, or choose a destination that knows its version.",
)
def version_supported(move: Subject, view: View) -> Verdict:
    """Judge one virtual machine on one route."""
    name, found = name_and_version(view, move.source, move.vm_id)
    seen = tell("{name}: {told}", name=name, told=told(found))
    if is_preview(found):
        return failed(
            seen, tell("a released version"), note=tell("made by a preview, and no host supports that as a target")
        )
    theirs = supported(view, move.destination)
    if found in theirs.versions:
        return passed(
            tell("{seen}, supported by {destination}", seen=seen, destination=move.destination), note=theirs.note
        )
    if theirs.odd:
        return unknown(tell("{odd}; {seen} may be among them", odd=theirs.odd, seen=seen), wanted=theirs.text)
    if arrives_upgraded(view, move, found):
        return passed(seen, note=tell("2012 R2 upgrades it on arrival; there is no way back to 2012"))
    return _refused(view, move, found, seen, theirs)


def _refused(view: View, move: Subject, found: Version, seen: str, theirs: Supported) -> Verdict:
    remedy, words = "", tell("it is too new for the destination, and a version cannot be lowered")
    if found < theirs.versions[-1]:
        remedy, words = way(view, move, found, theirs)
    return failed(seen, theirs.text, remedy, note=joined("; ", filter(None, (words, theirs.note))))
