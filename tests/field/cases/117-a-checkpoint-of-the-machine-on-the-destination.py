from tests.field.record import HV01, HV02, Record

SITUATION = """hv02 lists a checkpoint of web-01's id and not the machine: remains of it are there (case 89 has the like
on the source, where it leaves the list incomplete)."""
SOURCE = "Msvm_VirtualSystemSettingData: a row for each machine, and one for each of its checkpoints; case 89"
EXPECT = [("VM-14", f"{HV01}/8eb1f3b8-76ad-5d3b-b6a2-5d6d9295eca9/{HV02}", "UNKNOWN")]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate["routes"] = [{"source": HV01, "destination": HV02, "storage": True}]
    row = dict(next(r for r in record.rows("VirtualMachineSettings", HV01) if r["name"] == "web-01"))
    row.update(
        system_type="Microsoft:Hyper-V:Snapshot:Realized", instance_id="Microsoft:AAAAAAAA-76AD-5D3B-B6A2-5D6D9295ECA9"
    )
    record.rows("VirtualMachineSettings", HV02).append(row)
    return record
