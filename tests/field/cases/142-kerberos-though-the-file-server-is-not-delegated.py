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
    record.served_by(FS, "10.77.11.9", HV01, HV02)
    record.on_share(HV01, rf"\\{FS}\vms")
    return record
