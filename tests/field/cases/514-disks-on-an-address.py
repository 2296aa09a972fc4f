from tests.field.record import HV01, HV02, Record

SITUATION = """The disks of hv01 lie on \\\\10.77.1.50\\vms. Its list holds cifs of that server by both names; a path
with an address finds neither."""
SOURCE = "Microsoft Learn: Kerberos clients allow IPv4 and IPv6 address hostnames in SPNs (off unless TryIPSPN is set)"
EXPECT = [("DEL-12", HV01, "FAIL"), ("LM-03", f"{HV01}/{HV02}", "FAIL")]
VERDICT = "not ready"
SAYS = [r"10\.77\.1\.50, which is an address"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.on_share(HV01, r"\\10.77.1.50\vms")
    record.served_by("10.77.1.50", "10.77.1.50", HV01, HV02)
    for row in record.accounts("HV01$"):
        row["delegates_to"] += ["cifs/FS01", "cifs/fs01.corp.example"]
    return record
