from tests.field.record import HV01, HV02, Record

SITUATION = """web-01 is a primary whose health is called sound, and its last changes were sent two days ago: the
monitor looks at an interval of its own, and its word is no proof."""
SOURCE = "Microsoft Learn: Msvm_ReplicationRelationship, LastReplicationTime; our judgement of a contradiction"
ID = "8eb1f3b8-76ad-5d3b-b6a2-5d6d9295eca9"
EXPECT = [("REP-10", f"{HV01}/{ID}", "UNKNOWN")]
VERDICT = "incomplete"
SAYS = [r"called sound, and nothing was sent since"]


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
            row.update(at="2026-01-01T00:00:00Z")
    return record
