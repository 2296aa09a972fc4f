from tests.field.networks import tried
from tests.field.record import HV01, HV02, Record

SITUATION = """Hyper-V's own rule is active, and a rule of a policy keeps out all ports but two: blocking wins. No
command is printed, for none on the host would help."""
SOURCE = "public hardening scripts (rules that block 69-55554); MS-GPFAS: a rule that blocks wins"
EXPECT = [("RCH-05", f"{HV01}/{HV02}", "FAIL")]
VERDICT = "not ready"
SAYS = [r"a rule keeps it out: \{7647502E", r"^(?!(?:.|\n)*Enable-NetFirewallRule -CimSession 'hv01)"]
RULE = "v2.31|Action=Block|Active=TRUE|Dir=In|Protocol=6|LPort2_10=1-66|LPort2_10=69-55554|LPort2_10=55556-65535|"


def make() -> Record:
    record = Record(HV01, HV02)
    record.rows("PolicyFirewallRule", HV02).append({"name": "{7647502E-A6B0-4DCD-BD65-6B0E48EEFDF7}", "rule": RULE})
    tried(record, HV01, "10.20.0.2:6600", "TimedOut")
    return record
