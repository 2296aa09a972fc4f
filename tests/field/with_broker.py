"""A host of the good record as a node of a cluster with a replica broker, which the other host tried or not."""

from __future__ import annotations

from scanner.facts.cluster_resources import ClusterNode, ClusterParameters, ClusterResource
from tests.checks.common.certified import node
from tests.field.certified import put
from tests.field.record import HV01, Record

BROKER, AT = "broker.corp.example", "10.0.0.50"


def with_broker(record: Record, host: str, *others: str) -> None:
    """Make the host a node of CL1, whose broker is at 10.0.0.50 and keeps replicas on a share."""
    services = record.rows("Service", host)
    services[:] = [row for row in services if row["name"].lower() != "clussvc"]
    services.append({**services[0], "name": "ClusSvc", "state": "Running", "start_mode": "Auto"})
    record.put("ClusterInfo", host, [{"name": "CL1", "fqdn": "cl1.corp.example", "functional_level": 9}])
    told = (ClusterNode, ClusterParameters, ClusterResource)
    put(record, {key: rows for key, rows in node(host, *others).items() if key[0] in told})
    record.put("BrokerStorage", host, [{"primary": "*", "location": r"\\files.corp.example\Replicas"}])


def tried(record: Record, outcome: str = "Connected", address: str = AT, *, port: int = 8083) -> None:
    """What HV01's attempt at the broker gave."""
    like = record.rows("EndpointProbe", HV01)[0]
    met = {"remote": address, "addresses": [address]} if outcome == "Connected" else {"remote": None, "addresses": []}
    told = {"target": f"{BROKER}:{port}", "outcome": outcome, "local": "10.77.1.11", **met}
    record.rows("EndpointProbe", HV01).append({**like, **told})
