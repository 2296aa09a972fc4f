from tests.field.record import HV01, HV02, Record

SITUATION = """Hyper-V calls the replication of a machine sound and replicating, and tells no time at which changes were
sent: null, which is never. One of the two is not so."""
SOURCE = "Part G9, REP-10; G16.1 rule 3: evidence at hand that contradicts a PASS forbids it"
ID = "8eb1f3b8-76ad-5d3b-b6a2-5d6d9295eca9"
EXPECT = [("REP-10", f"{HV01}/{ID}", "UNKNOWN")]
VERDICT = "incomplete"
SAYS = [r"when changes were sent the last time is not told"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("replica",))
    record.estate["routes"] = [route for route in record.estate["routes"] if route["source"] == HV01]
    for row in record.rows("VirtualMachineState", HV01):
        if ID in row["name"].lower():
            row.update(replication_mode=1, replication_state=3, replication_health=1)
    for row in record.rows("ReplicationRelationship", HV01):
        if ID in row["instance_id"].lower():
            row.update(state=3, health=1)
    for row in record.rows("LastReplication", HV01):
        if ID in row["instance_id"].lower():
            row.update(at=None)
    return record
