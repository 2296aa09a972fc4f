from tests.field.networks import profile, tried
from tests.field.record import HV01, HV02, Record

SITUATION = """Somebody cut Hyper-V's rule down to the domain's profile; the migration network, which no controller
is in, is private to Windows. The rule is active, and lets nothing in there; nobody could try."""
SOURCE = "G6 NET-02, edge cases: the profile of the firewall's rule must include the category"
EXPECT = [("RCH-05", f"{HV01}/{HV02}", "FAIL"), ("RCH-05", f"{HV02}/{HV01}", "PASS")]
VERDICT = "not ready"
SAYS = [r"profile Private no active rule"]
RULE = "v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|Profile=Domain|LPort=6600|Svc=vmms|"


def make() -> Record:
    record = Record(HV01, HV02)
    for row in record.rows("FirewallRule", HV02):
        if row["name"] == "VIRT-MIGL-In-TCP-NoScope":
            row["rule"] = RULE
    profile(record, HV02, 7, 1)
    tried(record, HV01, "10.20.0.2:6600", "TimedOut")
    return record
