from tests.checks.common.certified import host, own
from tests.field.certified import pair, put
from tests.field.record import HV01, HV02, Record

SITUATION = """The key lies in the TPM, by a provider of CNG, which has no key specification: no report says that this
fails."""
SOURCE = "field/replica-vmm-cases.md 03"
EXPECT = [("REP-05", f"{HV01}/{HV02}", "PASS")]
VERDICT = "ready|incomplete"
SAYS = [r"its key lies in Microsoft Platform Crypto Provider; not verified"]


def make() -> Record:
    record = pair()
    row = {"key_spec": 0, "provider": "Microsoft Platform Crypto Provider"}
    put(record, host(HV02, certificates=[own(HV02, row=row)]))
    return record
