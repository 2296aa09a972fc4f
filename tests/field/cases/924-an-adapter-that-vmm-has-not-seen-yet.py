from tests.field.mapped import OWN, SERVER
from tests.field.record import HV01, HV02, Record

SITUATION = """An adapter was added on the host, and VMM did not refresh the machine: of what it does not list
nothing can be mapped, and no adapter is no whole chain."""
SOURCE = "Rule: evidence that contradicts a PASS forbids it (G16.1 rule 3), VMM-09"
EXPECT = [("VMM-09", f"{HV01}/{OWN}", "UNKNOWN")]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    rows = record.rows("VmmAdapter", SERVER)
    rows[:] = [row for row in rows if OWN not in row["device_id"].lower()]
    return record
