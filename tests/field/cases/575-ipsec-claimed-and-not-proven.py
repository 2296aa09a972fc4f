from tests.field.networks import profile
from tests.field.record import HV01, HV02, Record

SITUATION = """The migration network leads to the internet. The estate claims that IPsec protects it, and rules of both
hosts require protection. Whether they encrypt nobody read: the claim proves nothing, and NET-01 stays unknown."""
SOURCE = "part G, NET-05; D1: a rule alone is a hint; case 147"
EXPECT = [("NET-05", f"{HV01}/{HV02}", "WARN"), ("NET-01", f"{HV01}/{HV02}", "UNKNOWN")]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02)
    route = {"source": HV01, "destination": HV02, "storage": True}
    record.estate.update(ipsec=["10.20.0.0/24"], trusted=[], routes=[route])
    profile(record, HV02, 7, 0, 4)
    for host in (HV01, HV02):
        rule = {"name": "{1}", "rule": "v2.26|Action=Secure|Active=TRUE|Name=all|"}
        record.rows("ConnectionSecurityRule", host).append(rule)
    return record
