from tests.field.record import HV01, HV02, Record

SITUATION = """Moves shall be started from admin01, which has no Hyper-V module; the hosts have it. Move-VM there is not
recognized, and works in a session on hv01."""
SOURCE = "Microsoft Learn: set up hosts for live migration, requirements"
EXPECT = [("HOST-04", f"{HV01}/{HV02}", "WARN")]
VERDICT = "ready"
SAYS = [r"no Hyper-V module on admin01\.corp\.example"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate.update(started_from="admin01.corp.example")
    record.put("HyperVModule", "admin01.corp.example", [])
    return record
