"""Commands of failover clusters, over the state of a practice machine that is a node."""

from __future__ import annotations

import msgspec

from lab.remedy.command import Call, command
from lab.remedy.world import Refused


@command("Start-ClusterResource", "Cluster Name", places="Name", required="Name Cluster")
def start_resource(call: Call) -> None:
    """A resource of the cluster, and those of its role with it, come online; every node tells it."""
    asked, name = call.world.host(call.text("Cluster")), call.text("Name")
    cluster = asked.machine.state.cluster
    if cluster is None:
        raise Refused(f"{asked.name} is no node of a cluster")
    role = next((one.group for one in cluster.resource if one.name.casefold() == name.casefold()), None)
    if role is None:
        raise Refused(f"the cluster {cluster.name} has no resource {name}")
    for host in call.world.hosts.values():
        own = host.machine.state.cluster
        if own is not None and own.name == cluster.name:
            online = [
                msgspec.structs.replace(one, state="Online") if one.group == role else one for one in own.resource
            ]
            host.change(cluster=msgspec.structs.replace(own, resource=online))
