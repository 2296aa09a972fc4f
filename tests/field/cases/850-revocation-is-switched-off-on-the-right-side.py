from scanner.facts.certificates import RevocationCheck
from tests.checks.common.certified import REPLICATION, host, own
from tests.field.certified import pair, put
from tests.field.record import HV01, HV02, Record

SITUATION = """The replica has a certificate that names no list of what was revoked. The primary does not look."""
SOURCE = "field/replica-vmm-cases.md 05 (KB 2767928)"
EXPECT = [("REP-05", f"{HV01}/{HV02}", "PASS")]
VERDICT = "ready|incomplete"
SAYS = [rf"{HV01} does not look whether"]


def make() -> Record:
    record = pair()
    put(record, host(HV02, certificates=[own(HV02, lists=[])]))
    put(record, {(RevocationCheck, HV01): [REPLICATION]})
    return record
