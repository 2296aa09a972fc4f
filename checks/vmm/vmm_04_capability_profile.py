"""A cloud takes machines of the hypervisors whose capability profiles it has: without Hyper-V's no replica enters it.

Passes when the cloud has the profile "Hyper-V", beside others or alone. Fails when it has none, or those of other
hypervisors alone (ESX Server, XenServer). UNKNOWN where it has a profile that people made, which may be one of Hyper-V;
and where it does not show Hyper-V's to an account that is no administrator of VMM.
"""

from __future__ import annotations

from checks.common.parts import clip, listing
from checks.vmm.clouds import CLOUDS, PART_ALONE, own, sees_all
from scanner.api import (
    Profile,
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    check,
    failed,
    passed,
    powershell,
    scopes,
    tell,
    unknown,
)

HYPER_V, OTHERS = "hyper-v", {"esx server", "xenserver"}
"""the profiles that come with VMM (domain.md, E2)"""
ADD = (
    "Set-SCCloud -Cloud (Get-SCCloud -VMMServer <server> -ID <id>)"
    " -AddCapabilityProfile (Get-SCCapabilityProfile -VMMServer <server> -Name Hyper-V)"
)


@check(
    id="VMM-04",
    title="The cloud has the Hyper-V capability profile",
    fails="The cloud lacks the Hyper-V capability profile",
    severity=Severity.CRITICAL,
    who=Who.OPERATOR,
    profiles=(Profile.ASR_VMM,),
    scope=scopes.CLOUD,
    seed="S4 #before-you-start row VMM",
    needs=CLOUDS,
    remedy="Add the capability profile Hyper-V to the cloud (its properties, Capability Profiles).",
)
def capability_profile(cloud: Subject, view: View) -> Verdict:
    """Judge one cloud."""
    found = own(view, cloud)
    names = [name.strip().casefold() for name in found.cloud.capability_profiles]
    seen, wanted = (
        tell(
            "{found}: {capability_profiles}",
            found=found.name,
            capability_profiles=listing(found.cloud.capability_profiles) or tell("no profile"),
        ),
        tell("Hyper-V among them"),
    )
    if HYPER_V in names:
        return passed(seen)
    if not sees_all(view, found.server):
        return unknown(tell("{seen}; {part_alone}", seen=seen, part_alone=PART_ALONE), wanted=wanted)
    custom = [clip(name) for name in found.cloud.capability_profiles if name.strip().casefold() not in OTHERS]
    if custom:
        return unknown(
            tell("{seen}; whether {custom} is a profile of Hyper-V is not told", seen=seen, custom=custom[0]),
            wanted=wanted,
        )
    return failed(seen, wanted, powershell(ADD, server=found.server, id=found.cloud.id))
