from tests.field.record import HV01, HV02, HV03, HV11, Record
from tests.field.with_broker import with_broker

SITUATION = """hv03 is the node of a cluster that has no replica broker, and nobody read whether hv11 is a node of one.
hv01 and hv02 are in no cluster: what they send each other needs no broker, and a person would let it start."""
SOURCE = "rule of evidence: an unrelated host, route or profile changes nothing"
EXPECT = [
    ("CLU-02", "cl1.corp.example", "FAIL"),
    ("CLU-02", HV11, "UNKNOWN"),
]
VERDICT = "not ready"
ROUTES = {
    (HV01, HV02): "ready",
    (HV02, HV01): "ready",
    (HV01, HV03): "not ready",
    (HV03, HV02): "not ready",
    (HV02, HV11): "incomplete",
}


def make() -> Record:
    record = Record(HV01, HV02, HV03, HV11, profiles=("replica",))
    record.estate["routes"] = [{"source": s, "destination": d, "storage": True} for s, d in ROUTES]
    with_broker(record, HV03)
    for fact in ("ClusterResource", "ClusterParameters"):
        record.put(fact, HV03, [])
    record.gap("ClusterInfo", HV11, "timeout")
    return record
