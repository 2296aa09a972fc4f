"""The name by which Hyper-V Replica knows a host: its own, or on a cluster that of the cluster's Replica Broker."""

from __future__ import annotations

from checks.common.member import is_member
from scanner.api import MissingEvidence, View


def replica_name(view: View, host: str) -> str:
    """The full name under which a host sends and takes replicas; the check must declare ``Service``, ``ClusterInfo``.

    Raises:
        MissingEvidence: whether it is a node, or the broker's name, could not be read.
    """
    if not is_member(view, host):
        return host
    raise MissingEvidence(
        f"{host} is a node of a cluster, which replicates in its broker's name: that name is not read"
    )
