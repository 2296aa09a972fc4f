from tests.field.record import HV01, HV02, Record

SITUATION = """web-01 replicates from hv01 to hv02. For Replica that is as it should be; a live migration there cannot
arrive, and nobody needs it: the way is a planned failover."""
SOURCE = "Microsoft Learn: Msvm_ComputerSystem.ReplicationMode; Set up Hyper-V Replica, planned failover"
ID = "8eb1f3b8"
EXPECT = [
    ("VM-14", f"{HV01}/{ID}", "PASS|FAIL"),
    ("VM-14", f"{HV01}/29701c91", "PASS"),
    ("VM-14", f"{HV02}/{ID}", "FAIL|NOT_APPLICABLE"),
]
VERDICT = "not ready"
SAYS = [r"the destination holds its replica: fail over instead", r"its replica is on hv02\.corp\.example"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("live-migration", "replica"))
    (row,) = (
        row
        for row in record.rows("VirtualMachineSettings", HV01)
        if ID in row["instance_id"].lower() and "Realized" in row["system_type"]
    )
    record.rows("VirtualMachineSettings", HV02).append(dict(row))
    for host, mode in ((HV01, 1), (HV02, 2)):
        states = record.rows("VirtualMachineState", host)
        states[:] = [state for state in states if ID not in state["name"].lower()]
        like = {**states[0], "name": row["vm_identifier"], "element_name": row["name"]}
        states.append({**like, "replication_mode": mode, "replication_state": 3, "replication_health": 1})
    return record
