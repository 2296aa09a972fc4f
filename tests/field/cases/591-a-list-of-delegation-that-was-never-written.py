from tests.field.record import HV01, HV02, Record

SITUATION = """hv01's account lists the services of hv02, and the metadata tell no time at which it was written: the
account that reads them may not see it. That the other times are old does not say that this change is."""
SOURCE = "G16.1 rule 3; MS-ADTS: msDS-ReplAttributeMetaData"
EXPECT = [("DEL-11", f"{HV01}/{HV02}", "UNKNOWN")]
VERDICT = "incomplete"
SAYS = [r"no time of a list that is there"]


def make() -> Record:
    record = Record(HV01, HV02)
    for row in record.rows("DelegationChange", "corp.example"):
        if row["dn"].startswith("CN=HV01,"):
            row["listed"] = None
    return record
