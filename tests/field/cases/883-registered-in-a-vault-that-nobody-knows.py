from tests.field.record import HV01, HV02, Record

SITUATION = """Registering ends with: the DRA server is already registered in vault ... A registration of years ago, of
another vault, is still there. Whether it is this vault's is in values that may be secrets, so nobody reads them: not
green."""
SOURCE = "KB 3093574; support/azure/site-recovery/vault-registration-fails"
EXPECT = [("ASR-05", "vmm01", "UNKNOWN")]
VERDICT = "incomplete"
SAYS = [r"in which vault is not read"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    record.rows("AsrRegistration", "vmm01.corp.example").append({"place": "Registry::Registration"})
    return record
