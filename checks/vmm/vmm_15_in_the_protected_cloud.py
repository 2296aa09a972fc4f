"""Site Recovery protects machines of a cloud: one on a host of it that is in no cloud, or in another, is left behind.

Judged for every machine to protect on a host of a route. Passes when VMM has it in the source cloud of a pair that the
estate names, in any cloud where it names none. Fails when VMM has it in no cloud or in another one, and when no VMM
server lists it on its host. Clouds are told by name: UNKNOWN where two bear one, where entries of several servers
differ, and where an account that is no administrator of VMM does not see the machine or its cloud. Does not apply to
replicas, and to machines whose host is in the target cloud of a pair and in no source cloud.
"""

from __future__ import annotations

from checks.common.parts import clip, combine
from checks.vmm.machines import MACHINES, Found, cloud_of, is_source, not_to_be_protected, of_host
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

WANTED = tell("the source cloud of a pair")


@check(
    id="VMM-15",
    title="The machines to protect are in the protected cloud",
    fails="The machine to protect is outside the protected cloud",
    severity=Severity.HIGH,
    who=Who.OPERATOR,
    profiles=(Profile.ASR_VMM,),
    follows=("VMM-03", "VMM-06"),
    of_machines=True,
    scope=scopes.VM,
    seed="S4, the step that enables protection",
    needs=MACHINES,
    remedy="Give the machine the cloud in VMM (its properties, General, Cloud), or leave it out in [vms].",
)
def in_the_protected_cloud(machine: Subject, view: View) -> Verdict:
    """Judge one virtual machine."""
    if (settled := not_to_be_protected(view, machine)) is not None:
        return settled
    verdicts = [_judged(view, found) for found in of_host(view, machine)]
    if not verdicts:
        return failed(tell("no VMM server lists it on {host}", host=machine.host), WANTED)
    if len({verdict.status for verdict in verdicts}) > 1:
        told = joined("; ", (verdict.seen for verdict in verdicts))
        return unknown(
            tell("{count} entries in VMM are this machine's, and they differ: {told}", count=len(verdicts), told=told),
            wanted=WANTED,
        )
    return combine(verdicts)


def _judged(view: View, found: Found) -> Verdict:
    side = cloud_of(view, found)
    if side is None:
        other = (
            tell("the cloud {cloud}, which VMM does not list", cloud=clip(found.row.cloud))
            if found.row.cloud
            else tell("no cloud")
        )
        return failed(tell("in {other} on {server}", other=other, server=found.server), WANTED)
    seen = tell("in {side} on {server}", side=side.name, server=found.server)
    if is_source(view, side):
        return passed(seen)
    return failed(tell("{seen}, the source of no pair that the estate names", seen=seen), WANTED)
