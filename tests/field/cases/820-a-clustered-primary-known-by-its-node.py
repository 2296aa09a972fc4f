from tests.field.record import HV01, HV02, Record

SITUATION = """hv01 is a node of a cluster, and hv02 takes replicas from hv01 by its name alone. The cluster sends as
its broker, and hv02 refuses it."""
SOURCE = "Microsoft's virtualization blog, 2012-04-09 and 2012-03-27: name the broker, not the nodes"
EXPECT = [("REP-06", f"{HV01}/{HV02}", "not PASS")]
VERDICT = "not ready|incomplete"
SAYS = [r"the cluster of hv01\.corp\.example has no replica broker"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("replica",))
    record.rows("Service", HV01).append(
        {"name": "ClusSvc", "state": "Running", "start_mode": "Auto", "process_id": 99, "start_name": None}
    )
    record.put("ClusterInfo", HV01, [{"name": "CL-P", "fqdn": "cl-p.corp.example", "functional_level": 10}])
    record.put("ReplicationAuthorization", HV02, [{"primary": HV01, "group": "DEFAULT"}])
    record.one("ReplicaEntries", HV02).update(from_any=False, texts=[f"{HV01}|D:\\Replica|DEFAULT"])
    return record
