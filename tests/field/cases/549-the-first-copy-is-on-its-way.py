from tests.field.record import HV01, HV02, Record

SITUATION = """Replication of web-01 was enabled an hour ago, and its first copy is on its way to a host in another city
when somebody wants to move it. Its state is "running", its health sound."""
SOURCE = "Microsoft Learn: Msvm_ReplicationRelationship.ReplicationState 2; no document tells of a move meanwhile"
ID = "8eb1f3b8"
EXPECT = [("VM-10", f"{HV01}/{ID}", "UNKNOWN"), ("VM-10", f"{HV01}/29701c91", "PASS")]
VERDICT = "incomplete"
SAYS = [r"ReplicationMode 1, ReplicationState 2: no document says"]


def make() -> Record:
    record = Record(HV01, HV02)
    (state,) = (row for row in record.rows("VirtualMachineState", HV01) if ID in row["name"].lower())
    state.update(replication_mode=1, replication_state=2, replication_health=1)
    (own,) = (row for row in record.rows("ReplicationRelationship", HV01) if ID in row["instance_id"].lower())
    own.update(state=2, health=1)
    return record
