from tests.field.record import HV01, HV02, Record

SITUATION = """db-01 hung on the switch Old when its checkpoint was taken, and hangs on Production now. hv02 has no
switch Old. The checkpoint's adapter stops nobody."""
SOURCE = "Microsoft Learn: Msvm_EthernetPortAllocationSettingData belongs to a machine or to its checkpoint"
EXPECT = [("VM-05", f"{HV01}/", "PASS"), ("HOST-12", HV01, "PASS")]
VERDICT = "ready"
OLD = "0D5C6E3B-0000-4000-8000-0000000000BB"


def make() -> Record:
    record = Record(HV01, HV02)
    record.rows("VirtualSwitch", HV01).append({"id": OLD, "name": "Old"})
    part = next(row for row in record.rows("VirtualMachineSettings", HV01) if "Snapshot" in row["system_type"])
    for row in record.rows("SwitchConnection", HV01):
        if row["instance_id"].startswith(part["instance_id"]):
            path = row["resources"][0].rpartition('Name="')[0]
            row["resources"] = [f'{path}Name="{OLD}"']
    return record
