"""Machines are protected on the hosts of the source cloud, and a cloud has hosts by its host groups.

Passes when the source cloud has a host group at least. Fails when it has none, as a cloud of VMware resource pools, and
when VMM has no such cloud. UNKNOWN where an account that is no administrator of VMM is shown none. Whether hosts are in
the groups VMM-07 judges.
"""

from __future__ import annotations

from checks.common.parts import listing
from checks.vmm.clouds import CLOUDS, PART_ALONE, sees_all, source
from scanner.api import Profile, Severity, Subject, Verdict, View, Who, check, failed, passed, scopes, tell, unknown


@check(
    id="VMM-05",
    title="The source cloud has a host group",
    fails="The source cloud is missing, or has no host group",
    severity=Severity.CRITICAL,
    who=Who.OPERATOR,
    profiles=(Profile.ASR_VMM,),
    follows=("VMM-03",),
    scope=scopes.CLOUD_PAIR,
    seed="S4 #before-you-start row VMM",
    needs=CLOUDS,
    remedy="Add the host group of the hosts to protect to the source cloud (its properties, Resources).",
)
def host_groups(pair: Subject, view: View) -> Verdict:
    """Judge the source of one pair."""
    found = source(view, pair)
    if isinstance(found, Verdict):
        return found
    if found.cloud.host_groups:
        return passed(tell("{found}: {host_groups}", found=found.name, host_groups=listing(found.cloud.host_groups)))
    if not sees_all(view, found.server):
        return unknown(tell("{found} shows no host group; {part_alone}", found=found.name, part_alone=PART_ALONE))
    return failed(tell("{found} has no host group", found=found.name), tell("a host group at least"))
