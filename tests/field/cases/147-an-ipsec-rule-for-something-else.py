from tests.field.networks import profile
from tests.field.record import HV01, HV02, Record

SITUATION = """The migration network leads to the internet, in clear. A connection security rule of hv02 requires
protection, for UDP 53 between two other machines, as its own text says. It cannot cover TCP 6600 of these two, so it is
no hint. (The grammar's word is Protocol; one that it does not know would rule nothing out.)"""
SOURCE = "MS-GPFAS 2.2.6.2: EP1_4, EP2_4, Protocol, EP2Port; D1: a rule whose filters cover the peers or port 6600"
EXPECT = [("NET-01", f"{HV01}/{HV02}", "FAIL")]
VERDICT = "not ready"


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate.update(trusted=[], routes=[{"source": HV01, "destination": HV02, "storage": True}])
    profile(record, HV02, 7, 0, 4)
    text = "v2.26|Action=Secure|Active=TRUE|EP1_4=192.0.2.1|EP2_4=192.0.2.2|Protocol=17|EP2Port=53|Name=names alone|"
    record.rows("ConnectionSecurityRule", HV02).append({"name": "{1}", "rule": text})
    return record
