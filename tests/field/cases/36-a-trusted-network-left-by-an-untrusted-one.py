from tests.field.networks import address as holds
from tests.field.networks import profile, tried
from tests.field.record import HV01, HV02, Record

SITUATION = """The destination takes migrations on its private network only. The source lost its cable to it, and
reaches it through a router on the network of its guests, which leads to the internet. The memory crosses both."""
SOURCE = "seed: consider options for authentication and networking (trusted, private networks)"
EXPECT = [("NET-01", HV02, "FAIL"), ("LM-11", f"{HV01}/{HV02}", "WARN"), ("RCH-01", f"{HV01}/{HV02}", "PASS")]
VERDICT = "not ready"
SAYS = [r"from hv01\.corp\.example: 172\.16\.5\.0/24 \(interface 15\): leads to the internet"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate["routes"] = [{"source": HV01, "destination": HV02, "storage": False}]
    holds(record, HV01, "172.16.5.1", 15)
    profile(record, HV01, 15, 0, 4)
    next(row for row in record.rows("NetworkAdapter", HV01) if row["interface"] == 7)["operational_status"] = 2
    tried(record, HV01, "10.20.0.2:6600", local="172.16.5.1")
    return record
