from tests.field.mapped import SERVER
from tests.field.record import HV01, HV02, Record

SITUATION = """A German VMM says of a host that it answers (Reagiert), in a word that no English page knows; the
number of its state says that it needs attention."""
SOURCE = "Rule: numbers decide, never a text in a language"
EXPECT = [("VMM-06", HV01, "FAIL"), ("VMM-06", HV02, "not FAIL")]
VERDICT = "not ready"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    for row in record.rows("VmmHost", SERVER):
        row.update(communication_state_text="Reagiert", overall_state_text="Achtung erforderlich")
        row["overall_state"] = 2 if row["name"] == HV01 else 0
    return record
