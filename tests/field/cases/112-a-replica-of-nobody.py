from tests.field.record import HV01, HV02, Record

SITUATION = """hv02 holds a replica of web-01's id, and web-01 on hv01 says that it replicates nothing
(ReplicationMode 0): replication was removed on the primary alone, or the replica is of another primary."""
SOURCE = "Microsoft Learn: Msvm_ComputerSystem.ReplicationMode; the primary's own state contradicts 'its replica'"
EXPECT = [("VM-14", f"{HV01}/8eb1f3b8-76ad-5d3b-b6a2-5d6d9295eca9/{HV02}", "UNKNOWN")]
VERDICT = "incomplete"
SAYS = [r"it is no primary \(ReplicationMode 0\)"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("replica",))
    record.estate["routes"] = [{"source": HV01, "destination": HV02, "storage": True}]
    for fact in ("VirtualMachineSettings", "VirtualMachineState"):
        row = dict(next(r for r in record.rows(fact, HV01) if "8EB1F3B8" in str(r)))
        if fact == "VirtualMachineState":
            row["replication_mode"] = 2
        record.rows(fact, HV02).append(row)
    return record
