from scanner.facts.certificates import RevocationCheck
from tests.checks.common.certified import REPLICATION, host, own
from tests.field.certified import pair, put
from tests.field.record import HV01, HV02, Record

SITUATION = """The replica has a certificate of a test authority, which publishes no list. The replica itself was told
not to look for one, as a guide says; the primary, which looks at that certificate, was told so under the name of the
beta of 2012."""
SOURCE = "field/replica-vmm-cases.md 05 (KB 2767928)"
EXPECT = [("REP-05", f"{HV01}/{HV02}", "FAIL")]
VERDICT = "not ready"
SAYS = [r"under FailoverReplication counts for nothing", rf"on {HV01}, on a cluster on each of its nodes"]


def make() -> Record:
    record = pair()
    put(record, host(HV02, certificates=[own(HV02, lists=[])]))
    beta = RevocationCheck(r"HKLM\Virtualization\FailoverReplication", 1)
    put(record, {(RevocationCheck, HV01): [beta], (RevocationCheck, HV02): [REPLICATION]})
    return record
