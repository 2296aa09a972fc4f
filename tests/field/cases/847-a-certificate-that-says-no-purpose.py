from tests.checks.common.certified import host, own
from tests.field.certified import pair, put
from tests.field.record import HV01, HV02, Record

SITUATION = """The certificate has no extended key usage, which elsewhere means: for everything. Windows' own check of
Replica's certificates asks for the two purposes by name."""
SOURCE = "field/replica-vmm-cases.md 04; documents ask for both purposes, and nobody tried without (G16.1, rule 4)"
EXPECT = [("REP-05", f"{HV01}/{HV02}", "UNKNOWN")]
VERDICT = "incomplete"


def make() -> Record:
    record = pair()
    put(record, host(HV02, certificates=[own(HV02, purposes=None)]))
    return record
