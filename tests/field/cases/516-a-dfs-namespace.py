from tests.field.record import HV01, HV02, Record

SITUATION = """The disks of hv01 lie below \\\\corp.example\\vms, a DFS namespace, and "cifs/corp.example" was put on
its list. Which servers are behind the folder nobody read; the list names none of them."""
SOURCE = "Microsoft Learn: DFS Namespaces; the client goes to the folder's target, and asks for cifs of it"
EXPECT = [("DEL-12", HV01, "UNKNOWN"), ("LM-03", f"{HV01}/{HV02}", "UNKNOWN")]
VERDICT = "incomplete|not ready"
SAYS = [r"DFS namespace"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.on_share(HV01, r"\\corp.example\vms")
    record.served_by("corp.example", "10.77.1.10", HV01, HV02)
    for row in record.accounts("HV01$"):
        row["delegates_to"] += ["cifs/corp.example"]
    record.put("NamedAccount", "corp.example", [])
    return record
