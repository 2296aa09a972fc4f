from tests.field.record import HV01, HV02, HV11, Record

SITUATION = """Site Recovery is planned from HV01 to HV02 and to HV11, and VMM has HV11 in the cloud of HV01. It copies
from a cloud to the cloud that is its pair: from HV01 to HV11 it never does, and every check of a host is green."""
SOURCE = "Site Recovery pairs clouds and lets VMM choose the host: S4 #before-you-start, step 4 item 3; VMM-06, VMM-07"
EXPECT = [
    ("VMM-16", f"{HV01}/{HV11}", "FAIL"),
    ("VMM-16", f"{HV01}/{HV02}", "PASS"),
    ("VMM-06", HV11, "PASS"),
]
VERDICT = "not ready"
SAYS = [f"{HV01} is in Primary, {HV11} in Primary"]


def make() -> Record:
    record = Record(HV01, HV02, HV11, profiles=("asr-vmm",))
    record.in_cloud(HV11, "Primary")
    return record
