from tests.field.record import HV01, HV02, Record

SITUATION = """Disks lie on fs01 and stay there. hv01 may delegate cifs to it; hv02, which opens them after the move,
may not. All between the two hosts is delegated."""
SOURCE = "Microsoft Learn: set up hosts for live migration without failover clustering, step 1, items 9 and 11"
EXPECT = [("DEL-12", HV01, "PASS"), ("LM-03", f"{HV01}/{HV02}", "FAIL"), ("LM-03", f"{HV02}/{HV01}", "PASS")]
VERDICT = "not ready"
SAYS = [r"-Identity 'CN=HV02,[^']*' -Server 'corp\.example' -Add @\{'msDS-AllowedToDelegateTo' = 'cifs/fs01"]
FS01 = {"dn": "CN=FS01,DC=corp,DC=example", "sam_name": "FS01$", "dns_name": "fs01.corp.example"}


def make() -> Record:
    record = Record(HV01, HV02)
    for route in record.estate["routes"]:
        route["storage"] = False
    record.on_share(HV01, r"\\fs01.corp.example\vms")
    record.served_by("fs01.corp.example", "10.77.1.50", HV01, HV02)
    for row in record.accounts("HV01$"):
        row["delegates_to"] += ["cifs/FS01", "cifs/fs01.corp.example"]
    like = next(row for row in record.rows("ComputerAccount", "corp.example") if row["sam_name"] == "HV01$")
    server = {**like, **FS01, "sid": f"{like['sid']}9", "spns": ["HOST/FS01", "HOST/fs01.corp.example"]}
    record.put("NamedAccount", "corp.example", [{**server, "delegates_to": [], "group_sids": []}])
    return record
