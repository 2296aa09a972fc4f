from tests.field.record import HV01, HV02, Record

SITUATION = """The rule of the Hyper-V role for replication by HTTP is on, as every guide asks. It lets in port 80, and
hv02 takes replicas on 8083: nothing comes in."""
SOURCE = "Microsoft's virtualization blog on Set-VMReplicationServer and its rules; the port of a rule is to be read"
RULE = "VIRT-HVRHTTPL-In-TCP-NoScope"
EXPECT = [("REP-04", f"{HV01}/{HV02}", "FAIL"), ("RCH-06", f"{HV01}/{HV02}", "FAIL")]
VERDICT = "not ready"
SAYS = [r"no active rule lets it in", r"New-NetFirewallRule -CimSession 'hv02\.corp\.example'"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("replica",))
    rules = record.rows("FirewallRule", HV02)
    rules[:] = [row for row in rules if row["name"] != RULE and "8083" not in row["rule"]]
    text = "v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=80|App=System"
    rules.append({"name": RULE, "rule": text})
    record.probed(HV01, f"{HV02}:8083", "TimedOut", remote=None, local=None)
    return record
