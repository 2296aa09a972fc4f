from tests.field.record import HV01, HV02, Record

SITUATION = r"""The host is in the group All Hosts\Primary-Old, the cloud holds All Hosts\Primary: one text begins with
the other, and neither group is below the other."""
SOURCE = "Part G10, VMM-06: the boundary of a path is its backslash"
EXPECT = [("VMM-06", HV01, "FAIL"), ("VMM-06", HV02, "PASS")]
VERDICT = "not ready"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    for row in record.rows("VmmHost", "vmm01.corp.example"):
        if row["name"] == HV01:
            row["group"] = "All Hosts\\Primary-Old"
    return record
