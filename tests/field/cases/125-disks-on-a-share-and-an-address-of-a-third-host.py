from tests.field.record import HV01, HV02, HV03, Record

SITUATION = r"""The list of disks of hv01 is empty though it has two machines that run: with storage left where it is, nobody asks
for cifs or TCP 445."""
SOURCE = "G16.1 rule 3"
EXPECT = [("RCH-02", f"{HV01}/{HV02}", "UNKNOWN|FAIL")]
VERDICT = "not ready|incomplete"


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate["routes"] = [{"source": HV01, "destination": HV02, "storage": False}]
    record.rows("VmStorage", HV01).clear()
    for controller in ():
        pass
    for row in record.accounts("HV01$"):
        row["delegates_to"] = [t for t in row["delegates_to"] if not t.lower().startswith("cifs")]
    return record
