from tests.checks.common.certified import host, own
from tests.field.certified import pair, put
from tests.field.record import HV01, HV02, Record

SITUATION = """One certificate for *.corp.example lies on all hosts, and replication runs with it: in the subject alone,
which Hyper-V's own analyzer reports, and does no harm."""
SOURCE = "field/replica-vmm-cases.md 01 (Hyper-V team blog 2012-03-13 and user reports)"
EXPECT = [("REP-05", f"{HV01}/{HV02}", "PASS")]
VERDICT = "ready|incomplete"
SAYS = [r"\*\.corp\.example stands in the subject alone"]


def make() -> Record:
    record = pair()
    put(record, host(HV01, certificates=[own("x", names=["*.corp.example"])]))
    put(record, host(HV02, certificates=[own("*.corp.example")]))
    return record
