from tests.field.record import HV01, HV11, Record

SITUATION = """hv01 was joined anew: the controllers, asked by themselves, tell an account of another SID than the
domain did when asked as a whole. hv11 names the old SID alone, so nothing allows hv01 any more."""
SOURCE = "Microsoft Learn: msDS-AllowedToActOnBehalfOfOtherIdentity names objectSid"
EXPECT = [("DEL-10", HV01, "UNKNOWN")]
VERDICT = "not ready|incomplete"


def make() -> Record:
    record = Record(HV01, HV11)
    for controller in ("dc1.corp.example", "dc2.corp.example"):
        for row in record.rows("ComputerAccount", controller):
            if row["sam_name"] == "HV01$":
                row["sid"] = row["sid"].rpartition("-")[0] + "-1999"
    return record
