from datetime import datetime, timedelta

from tests.field.record import HV01, HV02, Record

SITUATION = """The answers of hv02 were brought in a file that an administrator had made long before; since then it was
copied, so that it looks new. What the host was then says nothing of what it is now."""
SOURCE = "Rule: evidence at hand that contradicts a PASS forbids it; Win32_OperatingSystem.LocalDateTime"
EXPECT = [("HOST-01", HV02, "UNKNOWN"), ("HOST-01", HV01, "PASS"), ("LM-01", HV02, "UNKNOWN")]
VERDICT = "incomplete"
SAYS = [r"answered too long ago: on \d{4}-\d\d-\d\d, 20 days before the run ended; at most 24 hours count"]


def make() -> Record:
    record = Record(HV01, HV02)
    then = datetime.fromisoformat(record.data["finished"]) - timedelta(days=20)
    for answer in record.data["answers"]:
        if answer["target"] == HV02:
            answer["at"] = then.strftime("%Y-%m-%dT%H:%M:%SZ")
    return record
