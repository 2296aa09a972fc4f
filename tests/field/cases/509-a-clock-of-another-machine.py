from tests.field.record import HV01, HV02, HV03, Record

SITUATION = """The name hv02 leads to hv03, which answered. Its clock is right, and says nothing of that of hv02."""
SOURCE = "domain.md G16.1: an answer belongs to the machine that gave it"
EXPECT = [("ID-06", "", "UNKNOWN"), ("ID-05", HV02, "UNKNOWN"), ("ID-08", HV02, "UNKNOWN"), ("ID-09", "", "UNKNOWN")]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02)
    record.answered_by(HV02, HV03)
    return record
