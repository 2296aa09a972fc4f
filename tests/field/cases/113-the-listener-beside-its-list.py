from tests.field.networks import address, listens, profile
from tests.field.record import HV01, HV02, Record

SITUATION = """hv02 lists the isolated network alone, and says of its migration service that it listens at an address of
another one, too, which leads to the internet: the list was changed, and the service has not followed."""
SOURCE = "Msvm_VirtualSystemMigrationService.MigrationServiceListenerIPAddressList; G16.1 rule 3"
EXPECT = [("NET-01", f"{HV01}/{HV02}", "FAIL")]
VERDICT = "not ready"


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate["routes"] = [{"source": HV01, "destination": HV02, "storage": True}]
    address(record, HV02, "10.99.0.2", 9, card=9)
    profile(record, HV02, 9, 1, 4)
    listens(record, HV02, "10.20.0.2", "10.99.0.2")
    return record
