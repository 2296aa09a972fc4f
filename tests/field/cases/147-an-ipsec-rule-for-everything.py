from tests.field.networks import profile
from tests.field.record import HV01, HV02, Record

SITUATION = """The migration network leads to the internet. A rule of hv02 requires protection of all that comes in. It
may have been made for integrity alone, and then memory can be read on the way: nobody looked at what was negotiated."""
SOURCE = "New-NetIPsecQuickModeCryptoProposal: a proposal encrypts if encryption is asked for; D1; G16.1 rule 4"
EXPECT = [("NET-01", f"{HV01}/{HV02}", "UNKNOWN")]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate.update(trusted=[], routes=[{"source": HV01, "destination": HV02, "storage": True}])
    profile(record, HV02, 7, 0, 4)
    rule = {"name": "{1}", "rule": "v2.26|Action=Secure|Active=TRUE|Name=all|"}
    record.rows("ConnectionSecurityRule", HV02).append(rule)
    return record
