from tests.field.record import HV01, HV02, Record

SITUATION = """Site Recovery, no route declared (allowed for this kind alone), hosts said to be set up (configured).
Both hosts say that they take no replicas, and no way between any two was tried: so nothing is ready, and the report
says that no move is planned."""
SOURCE = "Rule: what was not judged is part of the verdict"
EXPECT = [("RCH-06", "run", "NOT_APPLICABLE")]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    record.estate["routes"] = []
    for host in (HV01, HV02):
        record.replica(host, enabled=False)
    return record
