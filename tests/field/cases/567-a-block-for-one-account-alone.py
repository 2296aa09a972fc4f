from tests.field.networks import tried
from tests.field.record import HV01, HV02, Record

SITUATION = """A rule blocks all that comes in for who is signed in at the console, and reads like one that blocks all.
Where an attempt connects, that counts; where nobody could try, nobody can tell."""
SOURCE = "public hardening scripts (Action=Block with LUAuth of S-1-2-1)"
EXPECT = [("RCH-05", f"{HV01}/{HV02}", "PASS"), ("RCH-05", f"{HV02}/{HV01}", "UNKNOWN")]
VERDICT = "incomplete|not ready"
SAYS = [r"an attempt outweighs what is read", r"a rule may keep it out: 1"]
RULE = "v2.32|Action=Block|Active=TRUE|Dir=In|LUAuth=O:LSD:(D;;CC;;;S-1-2-1)|"


def make() -> Record:
    record = Record(HV01, HV02)
    for host in (HV01, HV02):
        record.rows("PolicyFirewallRule", host).append({"name": "1", "rule": RULE})
    tried(record, HV02, "10.20.0.1:6600", "Unreachable")
    return record
