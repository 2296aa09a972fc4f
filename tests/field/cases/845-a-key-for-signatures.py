from tests.checks.common.certified import host, own
from tests.field.certified import pair, put
from tests.field.record import HV01, HV02, Record

SITUATION = """The certificate lies beside its private key, is valid and trusted. The key was made with KeySpec
Signature: it may sign, and not serve this TLS."""
SOURCE = "field/replica-vmm-cases.md 03 (Hyper-V team blog 2012-07-02: KeySpec 1)"
EXPECT = [("REP-05", f"{HV01}/{HV02}", "FAIL")]
VERDICT = "not ready"
SAYS = [r"for signatures alone \(AT_SIGNATURE\)"]


def make() -> Record:
    record = pair()
    put(record, host(HV02, certificates=[own(HV02, row={"key_spec": 2})]))
    return record
