from tests.field.record import HV01, HV02, Record

SITUATION = """hv01 lists every name of hv02. The account of hv02 denies This Organization (S-1-5-15), which no list of
groups tells. Which of the two wins is not documented for the account itself, and no more for a group."""
SOURCE = "MS-DTYP, 2.4.2.4: well-known SIDs; MS-SFU, 3.2.5.2"
EXPECT = [
    ("DEL-01", f"{HV01}/{HV02}", "UNKNOWN"),
    ("DEL-02", f"{HV01}/{HV02}", "UNKNOWN"),
    ("LM-03", f"{HV01}/{HV02}", "UNKNOWN"),
    ("DEL-01", f"{HV02}/{HV01}", "PASS"),
]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02)
    for row in record.accounts("HV02$"):
        row.update(has_resource_delegation=True, allowed_sids=[], denied_sids=["S-1-5-15"])
    return record
