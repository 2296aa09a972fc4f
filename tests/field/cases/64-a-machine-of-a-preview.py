from tests.field.record import HV01, HV02, Record

SITUATION = """A machine was made on a preview (254.0). Both hosts list 254.0 and 255.0 beside the released versions;
neither is a supported target, and another machine of 9.0 is not "too old" because of them."""
SOURCE = "Microsoft Learn: configuration versions; previews number theirs 254 and 255"
PREVIEW, OTHER = "8eb1f3b8", "29701c91"
EXPECT = [
    ("VM-01", PREVIEW, "FAIL"),
    ("VM-02", PREVIEW, "FAIL"),
    ("VM-01", OTHER, "PASS"),
    ("VM-02", OTHER, "FAIL"),
]
VERDICT = "not ready"
SAYS = [r"9\.0 it is too new for the destination"]


def make() -> Record:
    record = Record(HV01, HV02)
    for host in (HV01, HV02):
        record.versions(host, "5.0", "6.2", "7.0", "7.1", "8.0", "254.0", "255.0")
    for row in record.rows("VirtualMachineSettings", HV01):
        row["version"] = "254.0" if PREVIEW.upper() in row["instance_id"].upper() else "9.0"
    return record
