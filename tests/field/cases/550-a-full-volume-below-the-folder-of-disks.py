from tests.field.record import HV01, HV02, Record

SITUATION = """The folder of virtual disks of hv02 is a mount point for a LUN of its own, which is nearly full. Drive C,
whose letter the folder bears, has room for all. The move stops halfway: not enough space on the disk (0x80070070)."""
SOURCE = "Microsoft Learn: Win32_Volume (Name is the mount folder); Assign a mount point folder path to a drive"
EXPECT = [("HOST-09", f"{HV01}/{HV02}", "FAIL"), ("HOST-09", f"{HV02}/{HV01}", "PASS")]
VERDICT = "not ready"
SAYS = [r"5 GiB free on C:\\Users\\Public\\Documents\\Hyper-V\\Virtual Hard Disks\\; 3 files of 120 GiB"]


def make() -> Record:
    record = Record(HV01, HV02)
    folder = record.one("StorageDefaults", HV02)["disks"]
    like = record.rows("Volume", HV02)[0]
    record.rows("Volume", HV02).append({**like, "name": folder + "\\", "device": "lun", "free": 5 << 30})
    return record
