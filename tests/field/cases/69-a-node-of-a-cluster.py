from tests.field.record import HV01, HV02, Record

SITUATION = """hv01 is a node of a failover cluster. Its machines are roles of the cluster, which move with its tools
alone until they are taken out of it; which of them are roles was not read."""
SOURCE = "Microsoft Learn: Set up hosts for live migration without Failover Clustering, introduction"
EXPECT = [("CLU-01", HV01, "UNKNOWN"), ("CLU-01", HV02, "PASS"), ("LM-01", HV01, "NOT_APPLICABLE")]
VERDICT = "incomplete"
SAYS = [r"node of cluster CL01: a machine that is a role of it moves with the cluster's tools alone"]


def make() -> Record:
    record = Record(HV01, HV02)
    service = record.rows("Service", HV01)[0]
    record.rows("Service", HV01).append({**service, "name": "ClusSvc", "state": "Running", "start_mode": "Auto"})
    record.put("ClusterInfo", HV01, [{"name": "CL01", "fqdn": "cl01.corp.example", "functional_level": 10}])
    return record
