from tests.field.record import HV01, HV02, Record

SITUATION = """Somebody set SystemDefaultTlsVersions to 0 in the registry that programs of 32 bits see, years ago; the
set-up of the provider is cut off (10054), while every attempt of ours shakes hands by TLS 1.2."""
SOURCE = "Azure documentation: transport-layer-security"
EXPECT = [("ASR-06", "vmm01", "FAIL"), ("RCH-07", "vmm01", "PASS")]
VERDICT = "not ready"
SAYS = [r"\.NET of 32 bits"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    for row in record.rows("NetFramework", "vmm01.corp.example"):
        if "WOW6432Node" in row["place"]:
            row.update(strong=None, system_default=0)
    return record
