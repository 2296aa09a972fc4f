from tests.field.record import HV01, HV02, HV03, Record

SITUATION = """web-01 is replicated from hv01 to hv03, soundly; the plan is to replicate hv01 to hv02. A machine has one
replica, and enabling a second is refused: that replication is sound says nothing of this one."""
SOURCE = "Microsoft Learn: Enable-VMReplication, of a machine that replicates already; Part G9, REP-12"
ID = "8eb1f3b8-76ad-5d3b-b6a2-5d6d9295eca9"
EXPECT = [("REP-12", f"{HV01}/{ID}", "FAIL")]
VERDICT = "not ready"
SAYS = [r"to hv03\.corp\.example, and has no second replica"]


def make() -> Record:
    record = Record(HV01, HV02, HV03, profiles=("replica",))
    record.estate["routes"] = [{"source": HV01, "destination": HV02, "storage": True}]
    for row in record.rows("VirtualMachineState", HV01):
        if ID in row["name"].lower():
            row.update(replication_mode=1, replication_state=3, replication_health=1)
    for row in record.rows("ReplicationRelationship", HV01):
        if ID in row["instance_id"].lower():
            row.update(state=3, health=1)
    told = {"instance_id": rf"Microsoft:{ID.upper()}\HVR\0", "primary": HV01, "replica": HV03}
    record.put("ReplicationSettings", HV01, [told])
    return record
