"""A cloud without a host that works has nothing to replicate from, or nowhere to replicate to.

Passes when either cloud has a Hyper-V host in its host groups, or below them, that VMM says is OK, and every such host
of the source has a machine. Hosts that need attention, do not answer or are in maintenance mode do not count. Fails
when VMM lacks a cloud of the pair, when a side has no host that counts, and when one host is all that both have: none
replicates to itself. A host of the source without a machine is a warning; of the target it is normal. UNKNOWN where
what decides is a state that is not known, or was not shown to an account that is no administrator of VMM.
"""

from __future__ import annotations

from checks.common.parts import listing
from checks.vmm.clouds import CLOUDS, PART_ALONE, Side, both, sees_all
from checks.vmm.hosts import runs_on
from checks.vmm.working import too_few, working
from scanner.api import (
    Profile,
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    check,
    counted,
    not_applicable,
    passed,
    scopes,
    tell,
    unknown,
    warned,
)  # fmt: skip
from scanner.facts.vmm import VmmHost
from scanner.facts.vmm_machines import VmmVirtualMachine

WORKS = tell("what is on other hosts is protected without it, and a host without machines has nothing to protect")


@check(
    id="VMM-07",
    title="Both clouds have hosts, and those of the source have machines",
    fails="A cloud of the pair is missing, or has no working host of its own",
    warns="A host of the source cloud has no virtual machine",
    severity=Severity.HIGH,
    who=Who.OPERATOR,
    profiles=(Profile.ASR_VMM,),
    follows=("VMM-03", "VMM-05", "VMM-06"),
    scope=scopes.CLOUD_PAIR,
    seed="S4 #before-you-start row Hyper-V",
    needs=(*CLOUDS, VmmHost, VmmVirtualMachine),
    remedy="Put a host that works into a host group of the cloud, or mend those that are there.",
)
def hosts_on_both_sides(pair: Subject, view: View) -> Verdict:
    """Judge one pair."""
    sides = both(view, pair)
    if isinstance(sides, Verdict):
        return sides
    if sides[0].is_same(sides[1]):
        return not_applicable(tell("both sides are one cloud, which VMM-12 judges"))
    hosts, there = (working(view, side) for side in sides)
    seen = tell("{hosts} → {hosts2}", hosts=counted(len(hosts), "host"), hosts2=counted(len(there), "host"))
    return too_few(view, sides, (hosts, there)) or _machines(view, sides[0], hosts, seen)


def _machines(view: View, side: Side, hosts: list[VmmHost], seen: str) -> Verdict:
    machines = view.rows(VmmVirtualMachine, side.server)
    idle = sorted(row.name for row in hosts if not any(runs_on(row, machine.host) for machine in machines))
    if not idle:
        return passed(seen)
    found = tell("{side}: no machine on {idle}", side=side.name, idle=listing(idle))
    wanted = tell("a machine on each host of the source cloud")
    if not sees_all(view, side.server):
        return unknown(tell("{found}; {part_alone}", found=found, part_alone=PART_ALONE), wanted=wanted)
    return warned(found, wanted, works=WORKS)
