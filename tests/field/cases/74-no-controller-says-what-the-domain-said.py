from tests.field.record import HV01, HV02, Record

SITUATION = """The directory, asked as a whole, told the names that hv01 may delegate to; each of its controllers, asked
by itself, tells none. Somebody took them away between the two, or one of the answers is not what it seems."""
SOURCE = "Rule: evidence at hand that contradicts a PASS forbids it"
EXPECT = [("DEL-10", HV01, "UNKNOWN"), ("DEL-10", HV02, "PASS")]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02)
    for controller in ("dc1.corp.example", "dc2.corp.example"):
        for row in record.rows("ComputerAccount", controller):
            if row["sam_name"] == "HV01$":
                row["delegates_to"] = []
    return record
