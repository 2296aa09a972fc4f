from tests.field.record import HV01, HV02, Record

SITUATION = """hv02 was built anew under its old name. The account of the machine before it, OLD02, is in another place
and was never read; it still holds a name of HOST for hv02. The accounts of both hosts look right."""
SOURCE = "setspn /? (duplicate names); Microsoft Learn: KRB_AP_ERR_MODIFIED, two accounts with one service name"
EXPECT = [("DEL-08", HV02, "PASS"), ("DEL-09", HV02, "FAIL"), ("DEL-09", HV01, "PASS")]
VERDICT = "not ready"
SAYS = [r"CN=OLD02,DC=corp,DC=example holds HOST/hv02\.corp\.example, too"]


def make() -> Record:
    record = Record(HV01, HV02)
    rows = [dict(row) for row in record.rows("ServiceName", "corp.example")]
    for row in rows:
        if row["spn"] == f"HOST/{HV02}":
            row.update(
                holders=[*row["holders"], "CN=OLD02,DC=corp,DC=example"], sids=[*row["sids"], "S-1-5-21-1-1-1-9"]
            )
    record.put("ServiceName", "corp.example", rows)
    return record
