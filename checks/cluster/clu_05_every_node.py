"""VMM fails over to any node of its cluster, so the provider is installed on every node, not only where VMM runs now.

Passes when each node of the cluster is a VMM server of the estate, which ASR-02 and ASR-03 then look at, one by one;
what they find is not said again. Nodes are those that the cluster tells and those that VMM itself tells
(FailoverVMMNodes). UNKNOWN when one is not named in the estate: nobody looked at it; and when the cluster told none.
"""

from __future__ import annotations

from checks.common.parts import listing
from checks.common.vmm_nodes import members
from scanner.api import (
    Gap,
    MissingEvidence,
    Profile,
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    check,
    passed,
    scopes,
    tell,
    unknown,
)
from scanner.facts.cluster_resources import ClusterNode
from scanner.facts.host import ClusterInfo
from scanner.facts.vmm import VmmServer

NAME_IT = "Name every node as [[vmm]], and see ASR-02 and ASR-03 of each."


@check(
    id="CLU-05",
    title="Every node of a VMM cluster is looked at for the provider",
    severity=Severity.LOW,
    who=Who.AZURE,
    profiles=(Profile.ASR_VMM,),
    scope=scopes.VMM_CLUSTER,
    seed="S4 #step-3-install-the-azure-site-recovery-provider note",
    needs=(ClusterInfo, ClusterNode, VmmServer),
    remedy=NAME_IT,
)
def every_node(cluster: Subject, view: View) -> Verdict:
    """Judge one VMM cluster."""
    servers = members(view, cluster.host)
    nodes = {row.name.partition(".")[0].lower() for server in servers for row in view.rows(ClusterNode, server)}
    for server in servers:
        rows = view.ask(VmmServer, server)  # a passive node does not answer
        told = () if isinstance(rows, Gap) else rows
        nodes |= {name.partition(".")[0].lower() for row in told if row.highly_available for name in row.nodes}
    if not nodes:
        raise MissingEvidence(tell("ClusterNode of {servers}: the cluster tells no node", servers=listing(servers)))
    named = {server.partition(".")[0].lower() for server in servers}
    if lacking := sorted(nodes - named):
        reason = tell(
            "{lacking}: node of the cluster, and no [[vmm]] of the estate: nobody looked at it",
            lacking=listing(lacking),
        )
        return unknown(reason, wanted=tell("every node named as [[vmm]]"))
    return passed(listing(sorted(nodes)), note=tell("ASR-02 and ASR-03 tell what was found on each"))
