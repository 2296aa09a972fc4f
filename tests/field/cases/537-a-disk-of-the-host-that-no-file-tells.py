from tests.field.record import HV01, HV02, Record

SITUATION = """A machine of hv01 has a physical disk of hv01 besides its file. Its files alone look like those of
any other, and storage moves: the disk does not."""
SOURCE = "Dell: live migration with Hyper-V (storage migration cannot be used with pass-through disks)"
EXPECT = [("VM-07", f"{HV01}/", "FAIL|PASS"), ("VM-07", f"{HV02}/", "PASS")]
VERDICT = "not ready"
SAYS = [r"a physical disk of hv01"]


def make() -> Record:
    record = Record(HV01, HV02)
    guid = record.rows("VmStorage", HV01)[0]["instance_id"].partition("\\")[0]
    kind = "Microsoft:Hyper-V:Physical Disk Drive"
    row = {"instance_id": f"{guid}\\x\\2\\D", "sub_type": kind, "resources": ["Msvm_DiskDrive.DeviceID=1"]}
    record.put("VmPhysicalDrive", HV01, [row])
    return record
