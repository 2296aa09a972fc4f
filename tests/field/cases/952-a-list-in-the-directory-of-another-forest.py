from scanner.facts.certificates import OwnCertificate
from scanner.facts.replica_certificates import BrokerCertificate, ReplicaCertificate
from tests.checks.common.certified import own
from tests.field.certified import pair, put
from tests.field.record import HV01, HV02, Record

SITUATION = """hv02's certificate is of an authority of another forest, and says that its list of what was revoked is in
the directory. hv01 asks its own directory, which has no such list, and refuses the certificate."""
SOURCE = "KB 2767928: the check fails where the list cannot be had; field case 05; AD CS writes its own forest's name"
EXPECT = [("REP-05", f"{HV01}/{HV02}", "UNKNOWN")]
VERDICT = "incomplete|not ready"
SAYS = [r"whether hv01\.corp\.example gets the list of what was revoked"]
LIST = "ldap:///CN=CA,CN=CDP,CN=Public Key Services,CN=Services,CN=Configuration,DC=partner,DC=test?crl"


def make() -> Record:
    record = pair()
    shown = own(HV02, lists=[LIST])
    facts = {
        (OwnCertificate, HV02): [shown],
        (ReplicaCertificate, HV02): [ReplicaCertificate(shown.thumbprint)],
        (BrokerCertificate, HV02): [BrokerCertificate(shown.thumbprint, (), ())],
    }
    put(record, facts)
    return record
