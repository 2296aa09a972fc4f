from tests.field.record import HV01, HV02, Record

SITUATION = """Storage stays, and the machines' disks are on none of both hosts. The raw settings say compression,
the Hyper-V module says SMB of both hosts; TCP 445 of hv02 is filtered. With SMB nothing moves."""
SOURCE = "Rule: evidence at hand that contradicts a PASS forbids it"
EXPECT = [("RCH-02", f"{HV01}/{HV02}", "UNKNOWN")]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate["routes"] = [{"source": HV01, "destination": HV02, "storage": False}]
    for host in (HV01, HV02):
        record.one("VMHost", host)["performance"] = 2
    for row in record.rows("VmStorage", HV01):
        row["paths"] = []
    record.probed(HV01, f"{HV02}:445", "TimedOut", remote=None, local=None)
    return record
