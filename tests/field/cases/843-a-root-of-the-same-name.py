from scanner.facts.certificates import Authority
from tests.checks.common.certified import ROOT, authority
from tests.field.certified import pair, put
from tests.field.record import HV01, HV02, Record

SITUATION = """Both sides trust a "Practice CA", each its own: an authority that was set up twice under one name. The
names agree, and no signature does."""
SOURCE = "field/replica-vmm-cases.md 02, and that a name alone proves nothing (RFC 5280, 6.1.3)"
EXPECT = [("REP-05", f"{HV01}/{HV02}", "FAIL")]
VERDICT = "not ready"
SAYS = [r"is called CN=Practice CA and did not sign it"]


def make() -> Record:
    record = pair()
    put(record, {(Authority, HV01): [authority(f"{ROOT}#2")]})
    return record
