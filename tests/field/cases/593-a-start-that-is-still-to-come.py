from tests.field.record import HV01, HV02, Record

SITUATION = """Delegation was written this minute. hv01 tells that it last started in years to come, since its clock was
wrong when it did: that is no start after the change."""
SOURCE = "G16.2 DEL-11; G16.1 rule 3"
EXPECT = [("DEL-11", f"{HV01}/{HV02}", "UNKNOWN")]
VERDICT = "incomplete"
SAYS = [r"a change needs up to a quarter of an hour"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.one("OperatingSystem", HV01)["last_boot"] = "2099-01-01T00:00:00Z"
    for row in record.rows("DelegationChange", "corp.example"):
        if row["dn"].startswith("CN=HV01,"):
            row["listed"] = record.data["finished"]
    return record
