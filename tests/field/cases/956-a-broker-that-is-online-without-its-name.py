from tests.checks.common.certified import CLUSTER
from tests.field.certified import clustered, pair
from tests.field.record import HV02, Record

SITUATION = """The broker is told to be online, and the network name in its role to have failed: a primary that looks
the name up finds nobody. One of the two answers is not so."""
SOURCE = "field/replica-vmm-cases.md 07; G16.1 rule 3: evidence at hand that contradicts a PASS forbids it"
EXPECT = [("CLU-02", CLUSTER, "UNKNOWN")]
VERDICT = "not ready|incomplete"
SAYS = [r"\(Network Name\) is failed"]


def make() -> Record:
    record = pair()
    clustered(record, HV02)
    for row in record.rows("ClusterResource", HV02):
        if row["kind"] == "Network Name" and row["group"] == "HVR-Broker":
            row["state"] = 4
    return record
