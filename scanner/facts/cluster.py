"""What runs on a failover cluster."""

from __future__ import annotations

from scanner.facts.base import WindowsFact, prop, windows_fact
from scanner.words.query import CLUSTER, cim

OF_A_MACHINE = 111
"""GroupType of a virtual machine's role (ClusGroupTypeVirtualMachine)"""


@windows_fact(
    cim("MSCluster_ResourceGroup", namespace=CLUSTER),
    absent=("namespace", "class", "service"),
    service="ClusSvc",
    no_row="the machine is no node of a cluster",
    key=("id",),
)
class ClusterGroup(WindowsFact):
    """A role of the failover cluster the machine is a node of, or one of its own groups."""

    id: str = prop("Id")
    name: str = prop("Name", "of a role as people gave it, at first the virtual machine's")
    kind: int | None = prop("GroupType", "111 virtual machine, 115 replica broker")
