"""This profile is about hosts without failover clustering; on a cluster's node the cluster governs its moves.

Passes when the host is no node: the cluster service is absent, disabled, or runs without a cluster. A node is unknown:
machines that are roles of the cluster do not move this way, which ones are is not read, and the settings of the node
are the cluster's. A cluster service that should run and does not leaves it unknown, too; so does one that runs where
machines lie on a cluster's volumes, though no cluster is told.
"""

from __future__ import annotations

from checks.common.member import is_member
from checks.common.parts import listing
from scanner.api import Severity, Subject, Verdict, View, Who, check, passed, scopes, tell, unknown
from scanner.facts.host import ClusterInfo, Service


@check(
    id="CLU-01",
    title="Host is not a node of a failover cluster",
    severity=Severity.HIGH,
    who=Who.HOST,
    scope=scopes.HOST,
    seed="S0-S3 introduction",
    needs=(Service, ClusterInfo),
    remedy="Move the machines of clustered hosts with Failover Cluster Manager.",
)
def not_clustered(host: Subject, view: View) -> Verdict:
    """Judge one host."""
    if not is_member(view, host.host):
        return passed(tell("not a node of a cluster"))
    names = listing(cluster.name for cluster in view.rows(ClusterInfo, host.host))
    why = tell("a machine that is a role of it moves with the cluster's tools alone, and which ones are is not read")
    return unknown(
        tell("node of cluster {names}: {why}", names=names, why=why), wanted=tell("a host without failover clustering")
    )
