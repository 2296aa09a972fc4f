from tests.field.record import HV01, HV02, HV03, Record

SITUATION = """Both routes are as they should be. A third host of the estate, which no route names, does not answer: no
route waits for it, and the run is not whole."""
SOURCE = "Rule: what was not read is said beside the verdict"
EXPECT = [("HOST-01", HV01, "PASS"), ("RCH-01", HV01, "PASS"), ("HOST-01", HV03, "UNKNOWN")]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate["hosts"].append(HV03)
    for fact in {answer["fact"] for answer in record.data["answers"] if answer["target"] == HV03}:
        record.gap(fact, HV03, "unreachable", "no answer on 5986 within 10 s")
    return record
