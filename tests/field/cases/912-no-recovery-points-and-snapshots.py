from tests.field.record import HV01, HV02, Record

SITUATION = """Only the latest recovery point is to be kept, and an application-consistent snapshot every hour: there is
nothing that it could be kept in."""
SOURCE = "S4, step 4: the interval of snapshots is less than the number of additional recovery points"
EXPECT = [("REP-11", "vmm01.corp.example/Primary/vmm01.corp.example/Recovery", "FAIL")]
VERDICT = "not ready"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    record.estate["cloud_pairs"][0].update(recovery_points=0, app_consistent=1)
    return record
