from tests.field.record import HV01, HV02, Record

SITUATION = r"""Storage stays on \\fs01.branch.example\vms, and hv01's account in corp.example lists cifs of that
server. A list on the source ends at the border of its domain, and the server's account names nobody: Kerberos hands
nothing on."""
SOURCE = "Microsoft Learn: Kerberos constrained delegation overview (classic delegation is limited to a single domain)"
EXPECT = [("LM-03", f"{HV01}/{HV02}", "FAIL")]
VERDICT = "not ready"
FS = "fs01.branch.example"


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate["routes"] = [{"source": HV01, "destination": HV02, "storage": False}]
    record.served_by(FS, "10.77.12.9", HV01, HV02)
    record.on_share(HV01, rf"\\{FS}\vms")
    for row in record.accounts("HV01$"):
        row["delegates_to"] += ["cifs/FS01", f"cifs/{FS}"]
    like = next(iter(record.rows("ComputerAccount", "branch.example")))
    for target in ("branch.example", "dcb.branch.example"):
        sid = like["sid"].rpartition("-")[0] + "-1190"
        told = {"dn": "CN=FS01,OU=Files,DC=branch,DC=example", "dns_name": FS, "sam_name": "FS01$", "sid": sid}
        lists = {
            "allowed_sids": [],
            "denied_sids": [],
            "has_resource_delegation": False,
            "spns": ["HOST/FS01", f"HOST/{FS}"],
        }
        record.rows("ComputerAccount", target).append({**like, **told, **lists})
    return record
