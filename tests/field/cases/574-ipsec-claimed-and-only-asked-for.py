from tests.field.networks import profile
from tests.field.record import HV01, HV02, Record

SITUATION = """The estate says that IPsec protects moves in the migration network. The rule on both hosts asks for
protection and goes on without it, and the one of hv02 that requires it is for SMB alone: TCP 6600 flows in clear. The
network leads to the internet."""
SOURCE = "part G, NET-05; MS-GPFAS: actions of connection security rules"
EXPECT = [("NET-05", f"{HV01}/{HV02}", "FAIL"), ("NET-01", f"{HV01}/{HV02}", "UNKNOWN")]
VERDICT = "incomplete"
SAYS = [r"no rule requires protection of TCP 6600 at 10\.20\.0\.2 by hv01"]


def make() -> Record:
    record = Record(HV01, HV02)
    route = {"source": HV01, "destination": HV02, "storage": True}
    record.estate.update(ipsec=["10.20.0.0/24"], trusted=[], routes=[route])
    profile(record, HV02, 7, 0, 4)
    asks = {"name": "{1}", "rule": "v2.26|Action=Boundary|Active=TRUE|Name=asks|"}
    smb = {"name": "{2}", "rule": "v2.26|Action=Secure|Active=TRUE|Protocol=6|EP2Port=445|Name=smb|"}
    record.rows("ConnectionSecurityRule", HV01).append(asks)
    record.rows("ConnectionSecurityRule", HV02).extend([asks, smb])
    return record
