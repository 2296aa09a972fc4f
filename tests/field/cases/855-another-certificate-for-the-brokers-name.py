from scanner.facts.certificates import OwnCertificate
from tests.checks.common.certified import BROKER_NAME, own
from tests.field.certified import clustered, pair, put
from tests.field.record import HV02, Record

SITUATION = """The node holds a certificate for the broker's name. It is not the one that was chosen, whose thumbprint
the broker asks for wherever it runs."""
SOURCE = "G16.4 CLU-04; Set-VMReplicationServer -CertificateThumbprint"
EXPECT = [("CLU-04", "cl01.corp.example", "FAIL"), ("REP-05", HV02, "FAIL")]
VERDICT = "not ready"


def make() -> Record:
    record = pair()
    clustered(record, HV02)
    mine = [own(HV02), own(BROKER_NAME, starts="2025-01-01")]
    put(record, {(OwnCertificate, HV02): mine})
    return record
