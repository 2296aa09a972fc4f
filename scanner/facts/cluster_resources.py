"""Nodes and resources of a failover cluster, as one of its nodes tells them."""

from __future__ import annotations

import re

from scanner.facts.base import WindowsFact, prop, windows_fact
from scanner.facts.clear import CLUSTERED
from scanner.words.query import CLUSTER, below, cim
from scanner.words.telling import tell

BROKER = "Virtual Machine Replication Broker"
NETWORK_NAME, ADDRESSES = "Network Name", ("IP Address", "IPv6 Address")
"""Types of resources, the same words in every language (clusapi: CLUS_RESTYPE_NAME_VMREPLICA_BROKER and its like)"""
ONLINE, OFFLINE, FAILED = 2, 3, 4
STATES = {
    0: tell("inherited"),
    1: tell("initializing"),
    ONLINE: tell("online"),
    OFFLINE: tell("offline"),
    FAILED: tell("failed"),
    128: tell("pending"),
    129: tell("coming online"),
    130: tell("going offline"),
}
NO_CLUSTER = "the machine is no node of a cluster"
PARAMETERS = re.compile(r"\\Resources\\([0-9a-f-]{36})\\Parameters$", re.ASCII | re.IGNORECASE)


@windows_fact(
    cim("MSCluster_Node", namespace=CLUSTER),
    absent=("namespace", "class", "service"),
    service="ClusSvc",
    no_row=NO_CLUSTER,
    key=("name",),
)
class ClusterNode(WindowsFact):
    """A node of the failover cluster."""

    name: str = prop("Name", "its short name")
    state: int | None = prop("State", "0 up, 1 down, 2 paused, 3 joining")


@windows_fact(
    cim("MSCluster_Resource", namespace=CLUSTER),
    absent=("namespace", "class", "service"),
    service="ClusSvc",
    no_row=NO_CLUSTER,
    key=("id",),
)
class ClusterResource(WindowsFact):
    """A resource of the failover cluster; every cluster has those of its own name."""

    id: str = prop("Id", "GUID")
    name: str = prop("Name", "as people gave it, or Windows in its own language")
    kind: str = prop(
        "Type",
        "of a replica broker `Virtual Machine Replication Broker`, in every language",
        clear=CLUSTERED,
    )
    state: int = prop("State", "2 online, 3 offline, 4 failed, 128 and more pending")
    group: str | None = prop("OwnerGroup", "the role it belongs to")
    owner: str | None = prop("OwnerNode", "the node it is on")

    @property
    def online(self) -> bool:
        """Whether it serves."""
        return self.state == ONLINE

    @property
    def condition(self) -> str:
        """Its state in a word."""
        return STATES.get(self.state, tell("in state {state}", state=self.state))


@windows_fact(
    below(r"Cluster\Resources", each="Parameters"),
    absent=("key",),
    yields="REG",
    no_row=NO_CLUSTER,
    key=("path",),
)
class ClusterParameters(WindowsFact):
    """What a resource of the cluster was given: of a name that name, of an address that address."""

    path: str = prop("PSPath", "its key, which holds the GUID of the resource")
    name: str | None = prop("Name", "of a network name what NetBIOS calls it")
    dns_name: str | None = prop("DnsName", "of a network name its first label in DNS")
    address: str | None = prop("Address", "of an address the address")
    by_dhcp: int | None = prop("EnableDhcp", "1: it comes from DHCP, 0: somebody gave it")

    @property
    def resource(self) -> str:
        """GUID of the resource, lower case; empty if its key is called otherwise."""
        found = PARAMETERS.search(self.path)
        return found[1].lower() if found else ""
