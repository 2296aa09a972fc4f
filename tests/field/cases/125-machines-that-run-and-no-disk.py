from tests.field.record import HV01, HV02, Record

SITUATION = """The list of disks of hv01 is empty though it has machines that run: with storage left where it is, nobody
asks for cifs or TCP 445."""
SOURCE = "Rule: evidence at hand that contradicts a PASS forbids it"
EXPECT = [("RCH-02", f"{HV01}/{HV02}", "UNKNOWN")]
VERDICT = "incomplete"
SAYS = [r"no row, yet \d virtual machines? runs?"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate["routes"] = [{"source": HV01, "destination": HV02, "storage": False}]
    record.rows("VmStorage", HV01).clear()
    for row in record.accounts("HV01$"):
        row["delegates_to"] = [t for t in row["delegates_to"] if not t.lower().startswith("cifs")]
    return record
