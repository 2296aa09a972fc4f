from tests.field.record import HV01, HV02, Record

SITUATION = """The plan leaves storage where it is, but the disks of hv01 are local (D:), so they must move. hv01
takes 0 moves of disks at a time."""
SOURCE = "Rule: where the plan leaves storage but the disks are local, storage must move"
EXPECT = [("LM-01", HV01, "UNKNOWN"), ("LM-07", HV01, "FAIL")]
VERDICT = "not ready"


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate["routes"] = [{"source": HV01, "destination": HV02, "storage": False}]
    record.one("MigrationSettings", HV01)["maximum_storage_migrations"] = 0
    return record
