"""After failover a machine is on the network that its own was mapped to: where there is none, it is on none.

Passes when the target cloud has a VM network on one of its logical networks, and every VM network of a machine in the
source cloud is mapped to one of these. Fails when it has none, and when a mapping names a VM network that the target
server does not list, or that is on no logical network of the target cloud. A VM network of the source without a mapping
is a warning. With one VMM server a network may be mapped to itself (nobody is known to have tried). UNKNOWN where an
account that is no administrator of VMM may be shown a part. Which adapters have no VM network VMM-09 says.
"""

from __future__ import annotations

from checks.common.parts import combine
from checks.vmm.chain import offered
from checks.vmm.clouds import CLOUDS, PART_ALONE, both, sees_all
from checks.vmm.mapping import mapped, used
from scanner.api import (
    Profile,
    Severity,
    Status,
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
    unknown,
)
from scanner.facts.vmm_machines import VmmAdapter, VmmVirtualMachine
from scanner.facts.vmm_networks import VmNetwork


@check(
    id="VMM-10",
    title="Target cloud offers VM networks for mapping",
    fails="A cloud is missing, or the target lacks a VM network to map to",
    warns="A VM network of the source is mapped to nothing",
    severity=Severity.HIGH,
    who=Who.OPERATOR,
    profiles=(Profile.ASR_VMM,),
    follows=("VMM-03",),
    scope=scopes.CLOUD_PAIR,
    seed="S4 #before-you-start row network mapping; S4 #step-5-configure-network-mapping item 5",
    needs=(*CLOUDS, VmmVirtualMachine, VmmAdapter, VmNetwork),
    remedy="Make a VM network on a logical network of the target cloud, and map to it ([[network_mapping]]).",
)
def networks_to_map_to(pair: Subject, view: View) -> Verdict:
    """Judge one pair."""
    sides = both(view, pair)
    if isinstance(sides, Verdict):
        return sides
    source, target = sides
    if source.is_same(target):
        return not_applicable(tell("both sides are one cloud, which VMM-12 judges"))
    if not offered(view, target):
        seen, wanted = (
            tell("{target} has no VM network", target=target.name),
            tell("a VM network on a logical network of it"),
        )
        return (
            failed(seen, wanted)
            if sees_all(view, target.server)
            else unknown(tell("{seen}; {part_alone}", seen=seen, part_alone=PART_ALONE))
        )
    view.rows(VmmAdapter, source.server)
    parts = list(mapped(view, used(view, source), target))
    verdict = (
        combine(parts)
        if parts
        else passed(tell("{networks} to map to", networks=counted(len(offered(view, target)), "VM network")))
    )
    if verdict.status is Status.PASS and not sees_all(view, source.server):
        return unknown(
            tell(
                "{seen}; whether machines use other networks is not told: {part_alone}",
                seen=verdict.seen,
                part_alone=PART_ALONE,
            )
        )
    return verdict
