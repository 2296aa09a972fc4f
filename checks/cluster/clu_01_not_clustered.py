"""This profile is about hosts without failover clustering; on a cluster's node the cluster governs its moves.

Passes when the host is no node: the cluster service is absent, disabled, or runs without a cluster. A node is a
warning: its moves belong to the cluster's tools. A cluster service that should run and does not leaves it unknown.
"""

from __future__ import annotations

from checks.common.member import is_member
from scanner.api import Severity, Subject, Verdict, View, check, passed, scopes, warned
from scanner.facts.host import ClusterInfo, Service


@check(
    id="CLU-01",
    title="Host is not a node of a failover cluster",
    severity=Severity.HIGH,
    scope=scopes.HOST,
    seed="S0-S3 introduction",
    needs=(Service, ClusterInfo),
    remedy="Move the machines of clustered hosts with Failover Cluster Manager.",
)
def not_clustered(host: Subject, view: View) -> Verdict:
    """Judge one host."""
    if not is_member(view, host.host):
        return passed("not a node of a cluster")
    names = ", ".join(cluster.name for cluster in view.rows(ClusterInfo, host.host))
    note = "the cluster's settings govern migration between its nodes; use the cluster's tools"
    return warned(f"node of cluster {names}", "a host without failover clustering", note=note)
