from tests.field.record import HV01, HV02, Record

SITUATION = """Somebody paused migrations to hv02 by allowing none at a time, and left the switch on. No document says
what a host does then."""
SOURCE = "Set-VMHost -MaximumVirtualMachineMigrations: how many can be performed at the same time"
EXPECT = [("LM-01", HV02, "UNKNOWN"), ("LM-01", HV01, "PASS"), ("LM-06", HV02, "FAIL")]
VERDICT = "not ready"
SAYS = [r"takes 0 at a time"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.one("MigrationSettings", HV02)["maximum_migrations"] = 0
    return record
