from tests.field.record import HV01, HV02, Record

SITUATION = """Somebody let port 8083 of hv02 in for vmms.exe, the program of Hyper-V. It is http.sys that listens for
replicas, which rules call System, so the firewall drops them."""
SOURCE = "the rules of the role: App=System of VIRT-HVRHTTPL-In-TCP-NoScope (MS-GPFAS for the texts)"
EXPECT = [("REP-04", f"{HV01}/{HV02}", "FAIL")]
VERDICT = "not ready"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("replica",))
    rules = record.rows("FirewallRule", HV02)
    rules[:] = [row for row in rules if "8083" not in row["rule"]]
    program = r"App=C:\Windows\system32\vmms.exe|Svc=vmms"
    text = f"v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=8083|{program}"
    rules.append({"name": "{Replica}", "rule": text})
    record.probed(HV01, f"{HV02}:8083", "TimedOut", remote=None, local=None)
    return record
