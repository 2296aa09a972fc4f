from tests.field.record import HV01, HV02, HV03, Record

SITUATION = """hv03 connects to TCP 445 of hv02, hv01 does not: the rule of hv02's firewall is on, and what filters
is on the way. No command that enables the rule cures that."""
SOURCE = "Rule: a remedy must cure what it is printed for"
EXPECT = [("RCH-02", f"{HV01}/{HV02}", "FAIL")]
VERDICT = "not ready"
SAYS = [r"(?s)\A(?!.*Enable-NetFirewallRule -CimSession 'hv02[^\n]*FPS-SMB).*\Z"]


def make() -> Record:
    record = Record(HV01, HV02, HV03)
    record.estate["routes"] = [{"source": s, "destination": HV02, "storage": True} for s in (HV01, HV03)]
    record.probed(HV01, f"{HV02}:445", "TimedOut", remote=None, local=None)
    return record
