from tests.field.mapped import PAIR, SERVER
from tests.field.record import HV01, HV02, Record

SITUATION = """Both VMM servers list the classifications that are mapped, and one cloud does not offer its own."""
SOURCE = "S4 #step-6-configure-storage-mapping item 1; G12 VMM-11"
EXPECT = [("VMM-11", PAIR, "FAIL")]
VERDICT = "not ready"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    for row in record.rows("Cloud", SERVER):
        if row["name"] == "Recovery":
            row["storage_classifications"] = ["Local Storage"]
    return record
