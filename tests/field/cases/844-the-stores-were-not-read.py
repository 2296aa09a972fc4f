from tests.field.certified import pair
from tests.field.record import HV01, HV02, Record

SITUATION = """Everything that can be seen of both certificates is right. The roots of the primary host could not be
read: whether it trusts its partner nobody knows."""
SOURCE = "field/replica-vmm-cases.md 02: stores not read is UNKNOWN"
EXPECT = [("REP-05", f"{HV01}/{HV02}", "UNKNOWN")]
VERDICT = "incomplete"


def make() -> Record:
    record = pair()
    record.gap("Authority", HV01, "access denied")
    return record
