"""Classes of root\\MSCluster, as a node of the cluster answers."""

from __future__ import annotations

from lab import contract
from lab.windows.machine.machine import Machine
from lab.windows.machine.parts import Cluster
from lab.windows.machine.tables import CLUSTER, Rows, table


def _cluster(machine: Machine) -> Cluster:
    cluster = machine.state.cluster
    if cluster is None:
        raise ValueError(f"{machine.name} is no node of a cluster")
    return cluster


@table(CLUSTER, "MSCluster_Cluster")
def cluster_info(machine: Machine) -> Rows:
    cluster = _cluster(machine)
    yield {
        "Name": cluster.name,
        "Fqdn": f"{cluster.name}.{machine.state.domain}",
        "ClusterFunctionalLevel": cluster.functional_level,
        "MaximumParallelMigrations": cluster.parallel_migrations,
    }


@table(CLUSTER, "MSCluster_Node")
def nodes(machine: Machine) -> Rows:
    for number, node in enumerate(_cluster(machine).nodes, start=1):
        yield {"Name": node, "State": 0, "Id": str(number)}


@table(CLUSTER, "MSCluster_ResourceGroup")
def groups(machine: Machine) -> Rows:
    cluster = _cluster(machine)
    machines = {vm.name: 111 for vm in machine.state.vm if vm.clustered}
    for name, kind in {"Cluster Group": 1, "Available Storage": 2, **machines, **cluster.groups}.items():
        yield {
            "Name": machine.language.thing(name),
            "Id": machine.guid("group", name).lower(),
            "GroupType": kind,
            "State": 0,
            "OwnerNode": cluster.nodes[0],
            "IsCore": kind in (1, 2),
        }


@table(CLUSTER, "MSCluster_Resource")
def resources(machine: Machine) -> Rows:
    cluster = _cluster(machine)
    states = contract.enums()["MSCluster_Resource.State"]
    for resource in cluster.resource:
        yield {
            "Id": resource_id(machine, resource.name),
            "Name": resource.name,
            "Type": resource.type,
            "State": states[resource.state],
            "OwnerGroup": machine.language.thing(resource.group),
            "OwnerNode": resource.owner or cluster.nodes[0],
            "CoreResource": resource.core,
        }


def resource_id(machine: Machine, name: str) -> str:
    """GUID of a cluster resource, as the cluster hive names its key."""
    return machine.guid("resource", name).lower()
