from tests.field.record import HV01, HV02, Record

SITUATION = """The first answer of hv02 came three minutes after it was asked for. What its clock said then may be three
minutes old, so that it agrees with ours to the second proves nothing."""
SOURCE = "domain.md ID-06: a round trip of more than 60 s tells nothing"
EXPECT = [("ID-06", "", "UNKNOWN")]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02)
    row = record.one("HostClock", HV02)
    minute, rest = int(row["asked"][14:16]), row["asked"]
    row["asked"] = f"{rest[:11]}{(int(rest[11:13]) - (minute < 3)) % 24:02}:{(minute - 3) % 60:02}{rest[16:]}"
    return record
