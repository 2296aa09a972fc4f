from tests.field.mapped import OWN, SERVER
from tests.field.record import HV01, HV02, Record

SITUATION = """VMM says of an adapter another logical network than of the VM network it is on: one of both is old,
and only one is in the cloud."""
SOURCE = "Rule: evidence that contradicts a PASS forbids it (G16.1 rule 3), VMM-09"
EXPECT = [("VMM-09", f"{HV01}/{OWN}", "UNKNOWN")]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    for row in record.rows("VmmAdapter", SERVER):
        if OWN in row["device_id"].lower():
            row["logical_network"] = "Branch"
    return record
