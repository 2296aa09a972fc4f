from tests.field.record import HV01, HV02, HV03, Record

SITUATION = """VMM still has both hosts of the cloud as 2016, and one of them says itself that it is 2012 R2, which the
support matrix does not let stand beside it."""
SOURCE = "Part G10, VMM-08, and rule 3 of G16.1: evidence at hand outweighs what somebody else remembers"
VERDICT = "not ready"
EXPECT = [("VMM-08", "vmm01.corp.example/dd595d96-c7bf-511f-b928-411ca590b7f9", "FAIL")]


def make() -> Record:
    record = Record(HV01, HV02, HV03, profiles=("asr-vmm",))
    hosts = record.rows("VmmHost", "vmm01.corp.example")
    hosts[:] = [row for row in hosts if row["name"] in (HV02, HV03)]
    for row in hosts:
        row.update(group="All Hosts\\Primary", os_version="10.0.14393")
    return record
