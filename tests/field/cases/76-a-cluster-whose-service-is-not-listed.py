from tests.field.record import HV01, HV02, Record

SITUATION = """hv01 tells which cluster it is a node of, and lists no cluster service. That list is not whole; its
machines may be roles of the cluster."""
SOURCE = "Rule: evidence at hand that contradicts a PASS forbids it"
EXPECT = [("CLU-01", HV01, "UNKNOWN"), ("CLU-01", HV02, "PASS")]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02)
    record.put("ClusterInfo", HV01, [{"name": "CL01", "fqdn": "cl01.corp.example", "functional_level": 10}])
    return record
