from tests.field.record import HV01, HV02, Record

SITUATION = """hv02 is a node of a cluster. Its own record says that it takes replicas, from the time before it joined;
the broker, whose settings hold now, takes none."""
SOURCE = "Get-VMReplicationServer on a node shows the broker's settings (decompiled; Microsoft Learn: Replica Broker)"
EXPECT = [("REP-01", HV02, "FAIL")]
VERDICT = "not ready"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("replica",))
    record.rows("Service", HV02).append(
        {"name": "ClusSvc", "state": "Running", "start_mode": "Auto", "process_id": 99, "start_name": None}
    )
    record.put("ClusterInfo", HV02, [{"name": "CL-R", "fqdn": "cl-r.corp.example", "functional_level": 10}])
    record.one("ReplicaBrokerSettings", HV02)["enabled"] = False
    return record
