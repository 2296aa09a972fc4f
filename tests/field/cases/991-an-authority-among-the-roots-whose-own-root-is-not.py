from tests.checks.common.certified import ROOT, authority, host, own
from tests.field.certified import pair, put
from tests.field.record import HV01, HV02, Record

SITUATION = """hv02's certificate is of an issuing authority, which somebody put among the roots of hv01; the root
that signed it is not there. Windows ends a chain at a certificate that signed itself and at no other."""
SOURCE = "Microsoft Learn: CERT_CHAIN_ENGINE_CONFIG, by default only self-signed certificates are trust anchors"
EXPECT = [("REP-05", f"{HV01}/{HV02}", "UNKNOWN")]
VERDICT = "incomplete"
SAYS = [r"CN=Issuing CA lies among the roots there, and another signed it"]


def make() -> Record:
    record = pair()
    put(record, host(HV02, certificates=[own(HV02, authority="Issuing CA")]))
    issuing = authority("Issuing CA", signed_by=ROOT)
    put(record, {(type(issuing), HV01): [issuing]})
    return record
