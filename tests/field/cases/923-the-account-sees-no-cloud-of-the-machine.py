from tests.field.mapped import OWN, SERVER
from tests.field.record import HV01, HV02, Record

SITUATION = """A read-only administrator of VMM sees the machine and not the cloud that it is in: the empty word is
no word."""
SOURCE = "Rule: what was not shown is no answer (VMM's user roles)"
EXPECT = [("VMM-15", f"{HV01}/{OWN}", "UNKNOWN"), ("VMM-09", f"{HV01}/{OWN}", "UNKNOWN")]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    record.one("VmmServer", SERVER)["profile"] = 5
    for row in record.rows("VmmVirtualMachine", SERVER):
        row["cloud"] = None
    return record
