from tests.field.networks import tried
from tests.field.record import HV01, HV02, Record

SITUATION = """The rules of the destination let migrations in, and the attempt finds no answer: another product on the
host, or a device on the way, drops it. The rules prove nothing against the attempt."""
SOURCE = "G16.1 rule 3: evidence at hand that contradicts a PASS forbids it"
EXPECT = [("RCH-05", f"{HV01}/{HV02}", "UNKNOWN"), ("RCH-01", f"{HV01}/{HV02}", "FAIL")]
VERDICT = "not ready"
SAYS = [r"what stops it is not told here"]


def make() -> Record:
    record = Record(HV01, HV02)
    tried(record, HV01, "10.20.0.2:6600", "TimedOut")
    return record
