from tests.field.mapped import OWN, replicated
from tests.field.record import HV01, HV02, Record

SITUATION = """The machine is replicated by another provider, with the very settings that are planned."""
SOURCE = "G16.4 REP-09: another provider, nothing else compared"
EXPECT = [("REP-09", f"{HV01}/{OWN}", "FAIL")]
VERDICT = "not ready"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    replicated(record, OWN, provider="x:Msvm_ReplicationProvider.Name='11111111-272C-4DDF-BA88-9BEFB1A0975C'")
    return record
