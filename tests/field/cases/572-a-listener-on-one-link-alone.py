from tests.field.networks import listens, tried
from tests.field.record import HV01, HV02, Record

SITUATION = """The settings of hv02 are right, and its migration service listens at a link-local address alone: it was
started before the adapter had its address. The attempt is refused."""
SOURCE = "Msvm_VirtualSystemMigrationService.MigrationServiceListenerIPAddressList; part G, LM-13"
EXPECT = [
    ("LM-13", HV02, "FAIL"),
    ("LM-08", HV02, "PASS"),
    ("LM-10", HV02, "PASS"),
    ("RCH-01", f"{HV01}/{HV02}", "FAIL"),
]
VERDICT = "not ready"
SAYS = [r"listens at fe80::1%7 alone", r"Start the service vmms again"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate["routes"] = [{"source": HV01, "destination": HV02, "storage": True}]
    listens(record, HV02, "fe80::1%7")
    tried(record, HV01, "10.20.0.2:6600", "Refused")
    return record
