from tests.checks.common.certified import host, own
from tests.field.certified import pair, put
from tests.field.record import HV01, HV02, Record

SITUATION = """The certificate is that of a web server: for server authentication. Replication signs in both ways, and
documents ask for both purposes on both sides."""
SOURCE = "field/replica-vmm-cases.md 04; Set-VMReplicationServer"
EXPECT = [("REP-05", f"{HV01}/{HV02}", "FAIL")]
VERDICT = "not ready"
SAYS = [r"is for servers alone"]


def make() -> Record:
    record = pair()
    put(record, host(HV02, certificates=[own(HV02, purposes=["server"])]))
    return record
