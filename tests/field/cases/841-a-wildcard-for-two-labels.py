from tests.checks.common.certified import host, own
from tests.field.certified import pair, put
from tests.field.record import HV01, HV02, Record

SITUATION = """The certificate is for *.example, and the host is hv02.corp.example: a wildcard covers one label."""
SOURCE = "field/replica-vmm-cases.md 01 (rules of Hyper-V's Best Practices Analyzer)"
EXPECT = [("REP-05", f"{HV01}/{HV02}", "FAIL")]
VERDICT = "not ready"


def make() -> Record:
    record = pair()
    put(record, host(HV02, certificates=[own("*.example")]))
    return record
