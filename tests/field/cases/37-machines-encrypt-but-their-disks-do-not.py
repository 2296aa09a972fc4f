from tests.field.networks import profile
from tests.field.record import HV01, HV02, Record

SITUATION = """Every machine encrypts its state and migration traffic, and the migration network is public. Memory is
safe; the disks, which move too, go by SMB in clear text."""
SOURCE = "Microsoft Learn: Set-VMSecurity -EncryptStateAndVmMigrationTraffic; storage moves by SMB 3"
EXPECT = [("NET-01", HV02, "FAIL")]
VERDICT = "not ready"
SAYS = [r"encrypts its migration, and disks move: neither hv01\.corp\.example nor hv02\.corp\.example enforces"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate["trusted"] = []
    record.estate["routes"] = [{"source": HV01, "destination": HV02, "storage": True}]
    profile(record, HV02, 7, 0, 4)
    for row in record.rows("VmSecurity", HV01):
        row["encrypts_migration"] = True
    return record
