from tests.field.record import HV01, HV02, Record

SITUATION = """The disks of hv01's machines lie on the share vms of fs01 and stay there. All that leads to hv02 is
delegated; cifs to fs01 is not, and its account names nobody."""
SOURCE = "Microsoft Learn: set up hosts for live migration without failover clustering, step 1 (note on SMB storage)"
EXPECT = [
    ("LM-03", f"{HV01}/{HV02}", "FAIL"),
    ("DEL-01", f"{HV01}/{HV02}", "PASS"),
    ("LM-03", f"{HV02}/{HV01}", "PASS"),
]
VERDICT = "not ready"
SAYS = [r"HV01 does not list cifs/fs01\.corp\.example"]
FS01 = {"dn": "CN=FS01,DC=corp,DC=example", "sam_name": "FS01$", "dns_name": "fs01.corp.example"}


def make() -> Record:
    record = Record(HV01, HV02)
    for route in record.estate["routes"]:
        route["storage"] = False
    for row in record.rows("VmStorage", HV01):
        row["paths"] = [path.replace("D:\\VMs", r"\\fs01.corp.example\vms") for path in row["paths"]]
    accounts = record.rows("ComputerAccount", "corp.example")
    like = next(row for row in accounts if row["sam_name"] == "HV01$")
    nobody: dict[str, object] = {"spns": [], "delegates_to": [], "allowed_sids": [], "has_resource_delegation": False}
    accounts.append({**like, **FS01, **nobody, "sid": f"{like['sid']}9"})
    return record
