from tests.field.record import HV01, HV02, Record

SITUATION = """hv01 lists the disks of its other machines and none of web-01, which has no disk of the host either.
Nobody could enable Replica for a machine of which there is nothing to copy, and a list that was cut looks the same."""
SOURCE = "Msvm_StorageAllocationSettingData: a row for each disk file of a machine; Part G9, REP-12"
ID = "8eb1f3b8-76ad-5d3b-b6a2-5d6d9295eca9"
EXPECT = [("REP-12", f"{HV01}/{ID}", "UNKNOWN")]
VERDICT = "incomplete"
SAYS = [r"no virtual disk of it is listed"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("replica",))
    record.estate["routes"] = [{"source": HV01, "destination": HV02, "storage": True}]
    rows = record.rows("VmStorage", HV01)
    record.put("VmStorage", HV01, [row for row in rows if ID not in row["instance_id"].lower()])
    return record
