from tests.field.record import HV01, HV02, Record

SITUATION = """The estate says that the VMM servers are registered, and this one holds no registration: ASR-01 believes
the estate, so the machine has to be heard."""
SOURCE = (
    "Rule: evidence at hand that contradicts a PASS forbids it; Azure documentation: site-recovery-manage-registration"
)
EXPECT = [("ASR-01", "run", "PASS"), ("ASR-05", "vmm01", "UNKNOWN")]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    record.estate["site_recovery"].update(registered=True, closed_scenario="")
    record.estate["key_files"] = []
    return record
