from tests.field.record import HV01, HV02, HV03, Record

SITUATION = """web-01 replicates from hv01 to hv03, which takes replicas from hv01 by its name. web-01 is moved to hv02
without a complaint; the next morning its replica is a day old."""
SOURCE = "Microsoft Learn: New-VMReplicationAuthorizationEntry, TrustGroup"
ID = "8eb1f3b8"
EXPECT = [("VM-10", f"{HV01}/{ID}", "WARN"), ("VM-10", f"{HV01}/29701c91", "PASS")]
VERDICT = "ready"
SAYS = [r"hv03\.corp\.example takes nothing from hv02\.corp\.example"]


def make() -> Record:
    record = Record(HV01, HV02, HV03)
    record.estate["routes"] = [{"source": HV01, "destination": HV02, "storage": True}]
    (state,) = (row for row in record.rows("VirtualMachineState", HV01) if ID in row["name"].lower())
    state.update(replication_mode=1, replication_state=3, replication_health=1)
    (own,) = (row for row in record.rows("ReplicationRelationship", HV01) if ID in row["instance_id"].lower())
    own.update(state=3, health=1)
    record.rows("ReplicationSettings", HV01).append(
        {"instance_id": own["instance_id"], "primary": HV01, "replica": HV03},
    )
    record.put("ReplicationAuthorization", HV03, [{"primary": HV01, "group": "DEFAULT"}])
    return record
