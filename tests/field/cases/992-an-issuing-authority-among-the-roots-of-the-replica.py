from tests.checks.common.certified import ROOT, authority
from tests.field.certified import pair, put
from tests.field.record import HV01, HV02, Record

SITUATION = """Both ends hold good certificates of one root, which both trust. Among the trusted roots of the replica
lies an issuing authority besides, as a policy put it there: a server of Windows 2012 and later then refuses the
certificates of all clients."""
SOURCE = "Microsoft KB 2802568: IIS may reject client certificate requests with HTTP 403.7 or 403.16"
EXPECT = [("REP-05", f"{HV01}/{HV02}", "UNKNOWN")]
VERDICT = "incomplete"
SAYS = [r"holds CN=Issuing CA among its trusted roots, which another signed", r"KB 2802568"]


def make() -> Record:
    record = pair()
    issuing = authority("Issuing CA", signed_by=ROOT)
    put(record, {(type(issuing), HV02): [authority(), issuing]})
    return record
