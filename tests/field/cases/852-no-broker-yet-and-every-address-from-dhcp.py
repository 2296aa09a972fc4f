from tests.field.certified import clustered, pair
from tests.field.record import HV02, Record

SITUATION = """Site Recovery has yet to set the hosts up. The cluster has no broker; its nodes have their addresses from
DHCP, so Site Recovery will make it. The node that holds the cluster's own address shows that as given by hand."""
SOURCE = "field/replica-vmm-cases.md 08 (azure-docs site-recovery-monitoring-and-troubleshooting)"
EXPECT = [("CLU-02", "cl01.corp.example", "WARN"), ("CLU-03", "cl01.corp.example", "NOT_APPLICABLE")]
VERDICT = "not ready|incomplete"


def make() -> Record:
    return without_broker(pair(profile="asr-vmm"))


def without_broker(record: Record) -> Record:
    """HV02 is a node of a cluster without a broker, and holds the cluster's address."""
    record.estate["replica"].update(configured=False)
    clustered(record, HV02)
    rows = record.rows("ClusterResource", HV02)
    rows[:] = [row for row in rows if row["kind"] != "Virtual Machine Replication Broker"]
    held = record.rows("AddressOrigin", HV02)
    held.append({**held[0], "text": "10.0.0.50", "origin": 1, "store": 1})
    return record
