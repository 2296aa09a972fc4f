"""Network mapping knows VM networks alone: an adapter without one, or of one that its cloud lacks, cannot be mapped.

Passes when every adapter of a machine that is in a source cloud is on a VM network, whose logical network the cloud
has, or is connected to nothing. Fails when one is on a switch without a VM network, or its logical network is none of
the cloud's; a warning is the former where the estate maps no network, for then replicas are connected to none. UNKNOWN
where the adapter and its VM network name two logical networks; where VMM lists a replica of the same id, whose adapters
are not told apart, and one is wanting; where Hyper-V has adapters and VMM lists none; and where an account that is no
administrator of VMM may be shown a part. Machines in no source cloud are VMM-15's, replicas are not judged.
"""

from __future__ import annotations

from checks.common.parts import combine
from checks.vmm.chain import adapters, complete, without
from checks.vmm.clouds import Side
from checks.vmm.machines import MACHINES, by_id, cloud_of, is_source, not_to_be_protected, of_host
from scanner.api import (
    Profile,
    Severity,
    Status,
    Subject,
    Verdict,
    View,
    Who,
    check,
    not_applicable,
    scopes,
    tell,
    unknown,
)
from scanner.facts.switches import SwitchConnection
from scanner.facts.vmm_machines import VmmAdapter
from scanner.facts.vmm_networks import VmNetwork


@check(
    id="VMM-09",
    title="VM network chain on the source is complete",
    fails="VM network chain on the source is incomplete",
    warns="An adapter is on no VM network, and the estate maps none",
    severity=Severity.HIGH,
    who=Who.OPERATOR,
    profiles=(Profile.ASR_VMM,),
    follows=("VMM-03", "VMM-06", "VMM-15"),
    of_machines=True,
    scope=scopes.VM,
    seed="S4 #before-you-start row network mapping; S4 #step-5-configure-network-mapping",
    needs=(*MACHINES, VmmAdapter, VmNetwork, SwitchConnection),
    remedy="Connect the adapter to a VM network in VMM, and add its logical network to the cloud.",
)
def network_chain(machine: Subject, view: View) -> Verdict:
    """Judge one virtual machine."""
    if (settled := not_to_be_protected(view, machine)) is not None:
        return settled
    sides = [side for found in of_host(view, machine) if (side := cloud_of(view, found))]
    planned = [side for side in sides if is_source(view, side)]
    if not planned:
        return not_applicable(tell("it is in no source cloud of a pair, as VMM-15 says"))
    return combine(_judged(view, machine, side) for side in planned)


def _judged(view: View, machine: Subject, side: Side) -> Verdict:
    view.rows(VmmAdapter, side.server)
    rows = adapters(view, side.server).get(machine.vm_id, ())
    if not rows:
        return without(view, machine, side)
    verdict = combine(complete(view, row, side) for row in rows)
    if verdict.status is Status.PASS or len(by_id(view, side.server)[machine.vm_id]) == 1:
        return verdict
    return unknown(
        tell(
            "{server} lists a replica of the same id, whose adapter it may be: {seen}",
            server=side.server,
            seen=verdict.seen,
        )
    )
