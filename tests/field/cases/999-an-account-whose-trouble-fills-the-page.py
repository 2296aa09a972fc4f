from tests.field.record import HV01, HV11, Record

SITUATION = """A controller of the other domain answers with an account that cannot be read whole. The reason is 60,000
characters, with a command to who runs the job among them. The finding says what is missing, and can still be read."""
SOURCE = "Rule: no text of a finding is longer than a person reads"
EXPECT = [("ID-09", HV11, "UNKNOWN")]
VERDICT = "not ready|incomplete"
SAYS = [r"… \(60,\d\d\d characters\)"]


def make() -> Record:
    record = Record(HV01, HV11)
    for row in record.rows("KerberosAccount", "branch.example"):
        row["unread"] = "##vso[task.complete result=Succeeded] \x1b[2J" + "A" * 60_000
    return record
