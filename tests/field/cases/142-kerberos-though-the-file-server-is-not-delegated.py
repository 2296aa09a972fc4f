from tests.field.record import HV01, HV02, Record

SITUATION = r"""Both hosts use CredSSP and moves are started on the source; the disks lie on \\fs01.corp.example, of
which hv01 lists nothing. With CredSSP that works, with Kerberos it would not."""
SOURCE = "Microsoft Learn: set up hosts for live migration, step 1 (note on SMB storage)"
EXPECT = [("LM-03", f"{HV01}/{HV02}", "WARN")]
VERDICT = "ready"
SAYS = [r"(?s)\A(?!.*Set-VMHost -ComputerName 'hv0[^\n]* Kerberos).*\Z"]
FS = "fs01.corp.example"


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate.update(remote_initiated=False, routes=[{"source": HV01, "destination": HV02, "storage": False}])
    for host in (HV01, HV02):
        record.one("MigrationSettings", host)["authentication"] = 0
        record.one("VMHost", host)["authentication"] = 0
        like = record.rows("EndpointProbe", host)[0]
        told = {"target": f"{FS}:445", "outcome": "Connected", "remote": "10.77.11.9", "addresses": ["10.77.11.9"]}
        record.rows("EndpointProbe", host).append({**like, **told, "local": None})
    for row in record.rows("VmStorage", HV01):
        if row["sub_type"].endswith("Virtual Hard Disk"):
            row["paths"] = [rf"\\{FS}\vms" + "\\" + row["paths"][0].rpartition("\\")[2]]
    return record
