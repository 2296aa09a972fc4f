from tests.field.record import HV01, HV02, Record

SITUATION = """The cloud has a capability profile of a name that people chose, and not the one that comes with VMM: it
may be one of Hyper-V, and nothing that was read says so."""
SOURCE = "Part E2: custom profiles for Hyper-V exist (Generation2 of public test data)"
EXPECT = [("VMM-04", "vmm01.corp.example/dd595d96-c7bf-511f-b928-411ca590b7f9", "UNKNOWN")]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    for row in record.rows("Cloud", "vmm01.corp.example"):
        if row["name"] == "Primary":
            row["capability_profiles"] = ["Generation2"]
    return record
