from tests.field.record import HV01, HV02, Record

SITUATION = """VMM in the picture, and no Recovery Services Agent on any host: the documents listed its service to look
at, and no such service is there. Beside VMM the provider is a library within VMM's own service, so nothing is
missing."""
SOURCE = "replica-vmm-cases 22: azure-docs issue 50004 (2020-03-12)"
EXPECT = [("ASR-02", "vmm01", "PASS"), ("ASR-06", HV01, "PASS")]
VERDICT = "ready"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    for host in (HV01, HV02, "vmm01.corp.example"):
        rows = record.rows("Service", host)
        rows[:] = [row for row in rows if row["name"] not in ("dra", "obengine")]
    return record
