from tests.field.record import HV01, HV02, Record

SITUATION = """A machine and its relationship both say that it is not replicated, and it has settings by which it is
replicated to a third host."""
SOURCE = "Rule: evidence at hand that contradicts a PASS forbids it"
EXPECT = [("VM-10", f"{HV01}/", "UNKNOWN|PASS")]
VERDICT = "incomplete"
SAYS = [r"ReplicationMode 0, and settings by which it is replicated to hv99\.corp\.example"]


def make() -> Record:
    record = Record(HV01, HV02)
    vm = next(row["instance_id"] for row in record.rows("ReplicationRelationship", HV01))
    record.put("ReplicationSettings", HV01, [{"instance_id": vm, "primary": HV01, "replica": "hv99.corp.example"}])
    return record
