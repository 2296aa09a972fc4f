"""Machines are protected on the hosts of the source cloud, and a cloud has hosts by its host groups.

Passes when the source cloud has a host group at least. Fails when it has none, as a cloud of VMware resource pools, and
when VMM has no such cloud. UNKNOWN where an account that is no administrator of VMM is shown none. Whether hosts are in
the groups VMM-07 judges.
"""

from __future__ import annotations

from checks.common.parts import listing
from checks.vmm.clouds import CLOUDS, PART_ALONE, sees_all, source
from scanner.api import Profile, Severity, Subject, Verdict, View, Who, check, failed, passed, scopes, unknown


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
        return passed(f"{found.name}: {listing(found.cloud.host_groups)}")
    if not sees_all(view, found.server):
        return unknown(f"{found.name} shows no host group; {PART_ALONE}")
    return failed(f"{found.name} has no host group", "a host group at least")
