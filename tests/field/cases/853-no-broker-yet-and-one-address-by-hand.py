from tests.field.certified import clustered, pair
from tests.field.record import HV02, Record

SITUATION = """As before, but one adapter of a node has an address that somebody gave; the cluster's own is DHCP's. Site
Recovery makes no broker there, whatever the cluster's own address is."""
SOURCE = "field/replica-vmm-cases.md 08: an error of Site Recovery names at least one static adapter"
EXPECT = [("CLU-02", "cl01.corp.example", "FAIL"), ("CLU-03", "cl01.corp.example", "FAIL")]
VERDICT = "not ready"


def make() -> Record:
    record = pair(profile="asr-vmm")
    record.estate["replica"].update(configured=False)
    clustered(record, HV02)
    rows = record.rows("ClusterResource", HV02)
    rows[:] = [row for row in rows if row["kind"] != "Virtual Machine Replication Broker"]
    for row in record.rows("ClusterParameters", HV02):
        row["by_dhcp"] = 1
    held = record.rows("AddressOrigin", HV02)
    held.append({**held[0], "text": "10.60.0.12", "origin": 1, "store": 1})
    return record
