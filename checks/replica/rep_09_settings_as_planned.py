"""Site Recovery takes over a machine that is replicated already only where that is set as its clouds are.

Judged for every machine that is replicated from its host; what a replica hands on is not compared. Passes when Hyper-V
itself makes it, the host is in the source cloud and the replica's host in the target cloud of a planned pair, and
port, authentication, compression, frequency, recovery points and app-consistent snapshots are as the estate plans them.
Fails when another provider makes it already, a host is in no such cloud, or one of these differs. UNKNOWN where one
is planned by nobody, the replica may be a broker's, and where VMM may show a part. 2012 copies every 300 seconds.
"""

from __future__ import annotations

from checks.common.parts import combine
from checks.replica.terms import compared, elsewhere, of_source
from checks.vm.replicating import standing
from checks.vmm.machines import AT_TARGET, MACHINES, NO_VMM, SOURCE, TARGET, clouds_of
from scanner.api import (
    MissingEvidence,
    Profile,
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    check,
    failed,
    not_applicable,
    scopes,
    tell,
    unknown,
)
from scanner.facts.replica_terms import ReplicationTerms
from scanner.facts.vm import ReplicationMode


@check(
    id="REP-09",
    title="Existing replication equals the planned cloud settings",
    fails="Existing replication differs from what is planned for the clouds",
    severity=Severity.HIGH,
    who=Who.VIRTUAL_MACHINE,
    profiles=(Profile.ASR_VMM,),
    follows=("VMM-03", "VMM-06"),
    of_machines=True,
    scope=scopes.VM,
    seed="S4 #on-board-existing-virtual-machines",
    needs=(*MACHINES, ReplicationTerms),
    remedy="On the primary set the replication as the clouds are, or set the clouds as it is.",
)
def settings_as_planned(machine: Subject, view: View) -> Verdict:
    """Judge one virtual machine."""
    if standing(view, machine.host, machine.vm_id).mode != ReplicationMode.PRIMARY:
        return not_applicable(tell("no replication from this host"))
    if not view.estate.cloud_pairs:
        return not_applicable(tell("the estate plans no pair of clouds"))
    rows = [row for row in view.rows(ReplicationTerms, machine.host) if row.owner == machine.vm_id and not row.extended]
    if len(rows) != 1:
        raise MissingEvidence(
            tell(
                "ReplicationTerms of {host}: {count} settings of {vm_id}",
                host=machine.host,
                count=len(rows),
                vm_id=machine.vm_id,
            )
        )
    if not rows[0].provider:
        return unknown(tell("which provider makes its replication is not told"))
    if not rows[0].built_in:
        return failed(
            tell("already protected by another provider than Hyper-V's own"), tell("a replication made by Hyper-V")
        )
    return _placed(view, machine, rows[0])


def _placed(view: View, machine: Subject, row: ReplicationTerms) -> Verdict:
    if not view.estate.vmm_servers:
        return unknown(NO_VMM)
    sources = clouds_of(view, machine.host, SOURCE)
    if not sources and clouds_of(view, machine.host, TARGET):
        return not_applicable(AT_TARGET)
    if not sources:
        return failed(
            tell("{host} is in no source cloud of a pair", host=machine.host), tell("a host of the source cloud")
        )
    apart = {pair: elsewhere(view, row, pair) for source in sources for pair in of_source(view, source)}
    if found := [pair for pair, verdict in apart.items() if verdict is None]:
        return combine(compared(view, row, pair) for pair in found)
    return combine(filter(None, apart.values()))
