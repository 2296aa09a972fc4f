from tests.field.record import HV01, HV02, Record

SITUATION = """The disks of hv01 lie on \\\\files.corp.example, an alias (CNAME) of fs01, and cifs/files.corp.example
is on its list. No account holds a service of that name, so that Kerberos gives no ticket for it."""
SOURCE = "Microsoft Learn: netdom computername /add (alternate names get service names; a CNAME alone gets none)"
EXPECT = [("DEL-12", HV01, "UNKNOWN"), ("LM-03", f"{HV01}/{HV02}", "UNKNOWN")]
VERDICT = "incomplete|not ready"
SAYS = [r"an alias without a service name"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.on_share(HV01, r"\\files.corp.example\vms")
    record.served_by("files.corp.example", "10.77.1.50", HV01, HV02)
    for row in record.accounts("HV01$"):
        row["delegates_to"] += ["cifs/files.corp.example"]
    record.put("NamedAccount", "corp.example", [])
    return record
