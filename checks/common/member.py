"""Whether a host is a node of a failover cluster; several checks ask, and all must get the same answer.

The cluster service exists wherever the feature is installed, and stays disabled until the host joins a cluster. A
running service is no membership yet: only the cluster's own record is, and that is a gap where machines lie on volumes
that nodes alone have. A service that should run and does not hides that record, so nothing can be said.
"""

from __future__ import annotations

from scanner.api import Gap, MissingEvidence, View, tell
from scanner.facts.host import ClusterInfo, Service


def is_member(view: View, host: str) -> bool:
    """Whether the host is a node of a cluster; the check must declare ``Service`` and ``ClusterInfo``.

    Raises:
        MissingEvidence: the services or the cluster's record could not be read, or the cluster service is down.
    """
    services, clusters = view.rows(Service, host), view.ask(ClusterInfo, host)
    if clusters and not isinstance(clusters, Gap):  # whatever the services look like
        return True
    service = next((s for s in services if s.name.lower() == "clussvc"), None)
    if service is None:
        return False
    running = service.state.lower() == "running"
    if not running and service.start_mode.lower() == "disabled":
        return False
    if isinstance(clusters, Gap):
        raise MissingEvidence(str(clusters))
    if running:
        return False
    raise MissingEvidence(
        tell(
            "ClusterInfo of {host}: the cluster service is {state}, so membership cannot be read",
            host=host,
            state=service.state,
        )
    )


def may_be_member(view: View, host: str) -> bool:
    """Whether the host is a node, or nobody could tell: there no command is printed that would be wrong on a node."""
    try:
        return is_member(view, host)
    except MissingEvidence:
        return True
