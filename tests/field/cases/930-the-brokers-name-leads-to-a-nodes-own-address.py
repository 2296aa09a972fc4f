from tests.field.record import HV01, HV02, Record
from tests.field.with_broker import BROKER, tried, with_broker

SITUATION = """The broker's name leads to an address of the node that was its owner when somebody wrote the record. It
connects today, and not when the broker moves."""
SOURCE = "field/replica-vmm-cases.md 21; G16.4: a broker's address counts as its cluster's"
EXPECT = [("RCH-06", f"{HV01}/{HV02}", "UNKNOWN")]
VERDICT = "incomplete|not ready"
SAYS = [rf"{BROKER}:8083 leads to [0-9.]+, a node's own, which does not follow the broker"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("replica",))
    with_broker(record, HV02)
    own = next(row["text"] for row in record.rows("IPAddress", HV02) if row["text"].startswith("10.77."))
    tried(record, address=own)
    return record
