from tests.checks.common.certified import BROKER_NAME, CLUSTER, node, own
from tests.field.certified import clustered, pair, put
from tests.field.record import HV02, HV03

SITUATION = """The broker's certificate was exported from hv02 without its private key and imported on hv03, a node on
which no planned route ends. It stands in LocalMachine\\\\My of both; once the role is on hv03, nobody can sign in."""
SOURCE = "field/replica-vmm-cases.md 03; G16.4 CLU-04: any node must be able to stand for the broker"
EXPECT = [("CLU-04", CLUSTER, "FAIL")]
VERDICT = "not ready"
SAYS = [r"has no private key on the machine"]


def make():
    record = pair()
    record.estate["hosts"].append(HV03)
    clustered(record, HV02, HV03)
    put(record, node(HV03, HV02))
    like = record.rows("Service", HV02)
    record.put("Service", HV03, [dict(row) for row in like])
    held = [own(HV03), own(BROKER_NAME, row={"private_key": False})]
    record.put("OwnCertificate", HV03, [{"path": row.path, "blob": row.blob} for row in held])
    return record
