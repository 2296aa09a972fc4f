from tests.field.record import HV01, HV02, Record

SITUATION = r"""Storage stays on \\fs01.corp.example\vms, and both hosts list cifs of it. The server's account is
disabled: nobody gets a ticket for it."""
SOURCE = "Microsoft Learn: ACCOUNTDISABLE of userAccountControl"
EXPECT = [("LM-03", f"{HV01}/{HV02}", "FAIL")]
VERDICT = "not ready"
FS = "fs01.corp.example"


def make(control: int = 0x1002, denied: bool = False) -> Record:
    record = Record(HV01, HV02)
    record.estate["routes"] = [{"source": HV01, "destination": HV02, "storage": False}]
    record.served_by(FS, "10.77.11.9", HV01, HV02)
    record.on_share(HV01, rf"\\{FS}\vms")
    for row in (*record.accounts("HV01$"), *record.accounts("HV02$")):
        row["delegates_to"] += ["cifs/FS01", f"cifs/{FS}"]
    like = next(r for r in record.rows("ComputerAccount", "corp.example") if r["sam_name"] == "VMM01$")
    source = next(r for r in record.rows("ComputerAccount", "corp.example") if r["sam_name"] == "HV01$")
    for target in ("corp.example", "dc1.corp.example", "dc2.corp.example"):
        told = {
            "dn": "CN=FS01,OU=Files,DC=corp,DC=example",
            "dns_name": FS,
            "sam_name": "FS01$",
            "sid": like["sid"].rpartition("-")[0] + "-1190",
            "user_account_control": control,
            "denied_sids": [source["sid"]] if denied else [],
            "has_resource_delegation": denied,
            "spns": ["HOST/FS01", f"HOST/{FS}"],
        }
        record.rows("ComputerAccount", target).append({**like, **told})
    return record
