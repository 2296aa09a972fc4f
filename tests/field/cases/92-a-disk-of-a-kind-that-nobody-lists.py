from tests.field.record import HV01, HV02, Record

SITUATION = """The plan leaves storage where it is. A machine of hv01 has a disk in persistent memory, a local file,
whose kind Windows calls by another word than virtual hard disk. It must move, and TCP 445 of hv02 does not answer."""
SOURCE = "Microsoft Learn: persistent memory devices of Hyper-V machines are .vhdpmem files"
EXPECT = [("RCH-02", f"{HV01}/{HV02}", "FAIL")]
VERDICT = "not ready"


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate["routes"] = [{"source": HV01, "destination": HV02, "storage": False, "machines": True}]
    record.probed(HV01, f"{HV02}:445", "TimedOut", remote=None, local=None)
    rows = record.rows("VmStorage", HV01)
    kind = "Microsoft:Hyper-V:Persistent Memory Device"
    rows[:] = [{**rows[0], "sub_type": kind, "paths": [r"D:\\web.vhdpmem"]}]
    return record
