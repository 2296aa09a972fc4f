from tests.field.record import HV01, HV02, Record

SITUATION = """VMM was upgraded. The registration is still in the registry, and replication has stopped: the provider
has to be installed again after an upgrade."""
SOURCE = "Microsoft Learn: site-recovery-vmm-to-vmm; KB 3155002 (update the provider, recovery site first)"
EXPECT = [("ASR-02", "vmm01", "FAIL"), ("ASR-05", "vmm01", "UNKNOWN")]
VERDICT = "not ready"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    record.rows("ProviderFile", "vmm01.corp.example").clear()
    record.rows("AsrRegistration", "vmm01.corp.example").append({"place": "Registry::Registration"})
    return record
