"""Whether VMM runs on a server, or on another node of its cluster."""

from __future__ import annotations

from checks.common.probing import connects, endpoint
from checks.common.vmm_nodes import cluster_of, members
from scanner.api import View
from scanner.facts.host import Service

PORT = 8100
"""for the console, unless set-up was given another (VMM documentation: a VMM server's TCPPort)"""


def runs(view: View, server: str) -> bool:
    """Whether the VMM service runs there.

    Raises:
        MissingEvidence: its services were not read.
    """
    rows = view.rows(Service, server)
    return any(row.name.lower() == "scvmmservice" and row.state.lower() == "running" for row in rows)


def passive(view: View, server: str, operator: str) -> bool:
    """Whether VMM does not run there, and another node of the cluster connects.

    Raises:
        MissingEvidence: whether it is a node could not be read, and VMM does not run there.
    """
    if runs(view, server):
        return False
    cluster = cluster_of(view, server)
    others = [other for other in members(view, cluster) if other != server] if cluster else []
    return any(connects(view, operator, endpoint(other, PORT)) for other in others)
