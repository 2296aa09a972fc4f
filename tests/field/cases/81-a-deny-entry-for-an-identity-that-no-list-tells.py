from tests.field.record import HV01, HV02, Record

SITUATION = """hv02 names hv01 on its account, and denies This Organization (S-1-5-15), which each sign-in of the forest
holds and no list of groups tells. A deny entry wins over every allow entry."""
SOURCE = "MS-DTYP, 2.4.2.4: well-known SIDs; MS-SFU, 3.2.5.2"
EXPECT = [("DEL-01", f"{HV01}/{HV02}", "UNKNOWN"), ("DEL-01", f"{HV02}/{HV01}", "PASS")]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02)
    sid = next(row["sid"] for row in record.accounts("HV01$"))
    for row in record.accounts("HV01$"):
        row["delegates_to"] = []
    for row in record.accounts("HV02$"):
        row.update(has_resource_delegation=True, allowed_sids=[sid], denied_sids=["S-1-5-15"])
    return record
