from tests.field.record import HV01, HV02, Record

SITUATION = """The plan moves disks alone, and one of them is shared by two machines of a guest cluster. No document
says that a move of storage takes such a disk."""
SOURCE = "part G, VM-07 (shared disks), and S0 step 1 item 9 (storage alone)"
EXPECT = [("VM-09", f"{HV01}/", "UNKNOWN|PASS"), ("VM-09", f"{HV02}/", "PASS")]
VERDICT = "incomplete"
SAYS = [r"is shared with other machines: that it moves no document says"]


def make() -> Record:
    record = Record(HV01, HV02)
    for route in record.estate["routes"]:
        route["machines"] = False
    record.rows("VmStorage", HV01)[0]["shared"] = True
    return record
