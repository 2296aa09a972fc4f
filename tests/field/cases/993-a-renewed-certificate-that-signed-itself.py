from scanner.facts.certificates import Authority
from tests.checks.common.certified import authority, host, own
from tests.field.certified import pair, put
from tests.field.record import HV01, HV02, Record

SITUATION = """hv02's certificate signed itself and was renewed with its key. hv01 still holds the old one among its
trusted roots, of the same name and key: Windows compares the certificates themselves, and does not trust it."""
SOURCE = "Hyper-V Replica with certificates that signed themselves: each must lie in Root of the partner"
EXPECT = [("REP-05", f"{HV01}/{HV02}", "FAIL")]
VERDICT = "not ready"
SAYS = [r"it signed itself, and is not among the roots there"]


def make() -> Record:
    record = pair()
    put(record, host(HV02, certificates=[own(HV02, authority="")]))
    old = own(HV02, authority="", ends="2027-01-01")
    root = Authority(old.path.replace("\\MY\\", "\\ROOT\\"), old.blob)
    put(record, {(Authority, HV01): [authority(), root]})
    return record
