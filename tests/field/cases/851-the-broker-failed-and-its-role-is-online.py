from tests.field.certified import clustered, pair
from tests.field.record import HV02, Record

SITUATION = """The role of the broker is shown as online, and so are its name and its address. The broker itself used
up its restarts, and every clustered machine waits."""
SOURCE = "field/replica-vmm-cases.md 07"
EXPECT = [("CLU-02", "cl01.corp.example", "FAIL"), ("REP-08", HV02, "NOT_APPLICABLE")]
VERDICT = "not ready"
SAYS = [rf"Start-ClusterResource -Cluster '{HV02}' -Name 'Broker'"]


def make() -> Record:
    record = pair()
    clustered(record, HV02, state=4)
    return record
