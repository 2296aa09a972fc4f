from tests.field.record import HV01, HV02, Record

SITUATION = """Only disks move, and hv01 takes no move of disks at a time (0). The switch of live migration does not
matter, the number does."""
SOURCE = "Set-VMHost -MaximumStorageMigrations: how many can be performed at the same time"
EXPECT = [("LM-01", HV01, "UNKNOWN"), ("LM-07", HV01, "FAIL")]
VERDICT = "not ready"


def make() -> Record:
    record = Record(HV01, HV02)
    for route in record.estate["routes"]:
        route["machines"] = False
    record.one("MigrationSettings", HV01)["maximum_storage_migrations"] = 0
    return record
