from tests.field.record import HV01, HV02, Record

SITUATION = """Somebody stopped Netlogon on hv01. It is a member of its domain and holds tickets still; the controllers
for the next ones it does not find."""
SOURCE = "MS-NRPC and DsGetDcName: the locator of domain controllers runs in Netlogon"
EXPECT = [("ID-01", HV01, "UNKNOWN"), ("ID-01", HV02, "PASS")]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02)
    for row in record.rows("Service", HV01):
        if row["name"] == "Netlogon":
            row.update(state="Stopped", process_id=0)
    return record
