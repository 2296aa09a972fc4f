from tests.field.record import HV01, HV02, Record

SITUATION = """All is well with both hosts, and no route between them is planned: no way, no delegation and no machine
was judged."""
SOURCE = "Rule: what was not judged is part of the verdict"
EXPECT = [("LM-11", "run", "NOT_APPLICABLE"), ("HOST-01", HV01, "PASS")]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("live-migration", "replica"))
    record.estate["routes"] = []
    return record
