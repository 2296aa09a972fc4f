from tests.field.record import HV01, HV02, Record

SITUATION = """The disks lie on an appliance that refuses port 445. No command of Windows opens it there."""
SOURCE = "Microsoft Learn: set up hosts for live migration without failover clustering, step 1 (SMB storage)"
EXPECT = [("RCH-02", f"{HV01}/{HV02}", "FAIL")]
VERDICT = "not ready"
SAYS = [r"nas\.corp\.example:445: refused", r"Let nas\.corp\.example share files"]


def make() -> Record:
    record = Record(HV01, HV02)
    for row in record.rows("VmStorage", HV01):
        row["paths"] = [path.replace("D:", r"\\nas.corp.example\vms") for path in row["paths"]]
    rows = record.rows("EndpointProbe", HV01)
    rows.append({**rows[0], "target": "nas.corp.example:445", "outcome": "Refused", "remote": None, "local": None})
    return record
