from tests.field.record import HV01, HV02, HV03, Record
from tests.field.with_broker import tried, with_broker

SITUATION = """The broker's name still leads to hv03, which is no node of the cluster and takes replicas by itself. What
connects there is no cluster."""
SOURCE = "G16.1 rule 2 and G16.4: a broker's address counts as its cluster's, and no other does"
EXPECT = [("RCH-06", f"{HV01}/{HV02}", "FAIL")]
VERDICT = "not ready"
SAYS = [r"is an address of hv03\.corp\.example, and none of the cluster of hv02"]


def make() -> Record:
    record = Record(HV01, HV02, HV03, profiles=("replica",))
    record.estate["routes"] = [{"source": HV01, "destination": HV02, "storage": True}]
    with_broker(record, HV02)
    other = next(row["text"] for row in record.rows("IPAddress", HV03) if row["text"].startswith("10.77."))
    tried(record, address=other)
    return record
