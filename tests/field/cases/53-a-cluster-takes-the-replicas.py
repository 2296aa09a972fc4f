from scanner.facts.cluster_resources import ClusterNode, ClusterParameters, ClusterResource
from tests.checks.common.certified import node
from tests.field.certified import put
from tests.field.record import HV01, HV02, Record

SITUATION = """hv02 is a node of a cluster. Replicas go to the name of its broker, which nobody was asked for; that
the node itself answers proves nothing."""
SOURCE = "Microsoft Learn: Hyper-V Replica Broker"
EXPECT = [("RCH-06", f"/{HV02}", "UNKNOWN"), ("RCH-06", f"/{HV01}", "PASS")]
VERDICT = "incomplete"
SAYS = [r"replicas go to its broker"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("replica",))
    services = record.rows("Service", HV02)
    services[:] = [row for row in services if row["name"].lower() != "clussvc"]
    services.append({**services[0], "name": "ClusSvc", "state": "Running", "start_mode": "Auto"})
    record.rows("ClusterInfo", HV02).append({"name": "CL1", "fqdn": "cl1.corp.example", "functional_level": 9})
    told = (ClusterNode, ClusterParameters, ClusterResource)
    put(record, {key: rows for key, rows in node(HV02).items() if key[0] in told})
    record.put("BrokerStorage", HV02, [{"primary": "*", "location": r"\\files.corp.example\Replicas"}])
    return record
