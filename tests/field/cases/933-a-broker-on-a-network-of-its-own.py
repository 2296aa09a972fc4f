from tests.field.record import HV01, HV02, Record
from tests.field.with_broker import tried, with_broker

SITUATION = """The broker's name leads to its address on the network for replication, which hv02 does not hold now: the
other node does. It is the cluster's all the same."""
SOURCE = "field/replica-vmm-cases.md 21 (control)"
EXPECT = [("RCH-06", f"{HV01}/{HV02}", "PASS")]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("replica",))
    with_broker(record, HV02, "hv09")
    tried(record)
    return record
