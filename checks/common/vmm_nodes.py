"""Which VMM servers of the estate are nodes of one cluster. The check must declare ``ClusterInfo``."""

from __future__ import annotations

from scanner.api import View
from scanner.facts.host import ClusterInfo


def cluster_of(view: View, server: str) -> str:
    """The cluster that a VMM server is a node of, lower case, with its domain; empty if of none.

    Raises:
        MissingEvidence: that was not read.
    """
    for row in view.rows(ClusterInfo, server):
        name = row.fqdn or f"{row.name or 'unnamed'}.{server.partition('.')[2]}"
        return name.strip().strip(".").lower()
    return ""


def members(view: View, cluster: str) -> tuple[str, ...]:
    """The VMM servers of the estate that are nodes of a cluster.

    Raises:
        MissingEvidence: of one it was not read.
    """
    return tuple(server for server in view.estate.vmm_servers if cluster_of(view, server) == cluster)
