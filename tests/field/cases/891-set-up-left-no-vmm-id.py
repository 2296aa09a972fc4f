from tests.field.record import HV01, HV02, Record

SITUATION = """ASR cannot be registered due to an internal error: VmmID in the registry of the VMM server is blank."""
SOURCE = "KB 3139299"
EXPECT = [("ASR-04", "vmm01", "FAIL")]
VERDICT = "not ready"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    record.one("VmmSetup", "vmm01.corp.example").update(vmm_id="")
    return record
