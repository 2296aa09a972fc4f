from tests.field.record import HV01, HV02, Record

SITUATION = """hv02 calls itself HV02, and so signs in as HV02$. The directory has no such account: the only one with
its DNS name is HV02-OLD$, left from before a rebuild."""
SOURCE = "MS-ADTS: a computer signs in as its NetBIOS name and $"
EXPECT = [("ID-01", HV02, "UNKNOWN")]
VERDICT = "not ready|incomplete"


def make() -> Record:
    record = Record(HV01, HV02)
    for row in record.accounts("HV02$"):
        row["sam_name"] = "HV02-OLD$"
    return record
