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
    for host in (HV01, HV02):
        like = record.rows("EndpointProbe", host)[0]
        told = {"target": f"{FS}:445", "outcome": "Connected", "remote": "10.77.12.9", "addresses": ["10.77.12.9"]}
        record.rows("EndpointProbe", host).append({**like, **told, "local": None})
    for row in record.rows("VmStorage", HV01):
        if row["sub_type"].endswith("Virtual Hard Disk"):
            row["paths"] = [rf"\\{FS}\vms" + "\\" + row["paths"][0].rpartition("\\")[2]]
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
