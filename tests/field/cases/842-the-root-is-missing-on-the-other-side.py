from scanner.facts.certificates import Authority
from tests.checks.common.certified import authority, host, own
from tests.field.certified import pair, put
from tests.field.record import HV01, HV02, Record

SITUATION = """The replica's certificate is fine at home, where its chain builds. The primary host, which has to trust
it, never got the root: what decides is the store of the host that looks."""
SOURCE = "field/replica-vmm-cases.md 02 (Hyper-V team blog 2012-03-13, 2013-04-13)"
EXPECT = [("REP-05", f"{HV01}/{HV02}", "FAIL")]
VERDICT = "not ready"
SAYS = [
    rf"{HV01} does not trust {HV02}'s certificate",
    rf"Trusted Root Certification Authorities of the computer {HV01}",
]


def make() -> Record:
    record = pair()
    put(record, host(HV02, certificates=[own(HV02, authority="Root B")]))
    put(record, {(Authority, HV02): [authority(), authority("Root B")]})
    return record
