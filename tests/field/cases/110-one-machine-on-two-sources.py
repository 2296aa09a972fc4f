from tests.field.record import HV01, HV02, HV03, Record

SITUATION = """A machine was copied with its id: hv01 and hv03 both hold it, and both are planned to move theirs to hv02.
Whichever comes second finds the id there already."""
SOURCE = "G16.3 VM-14: same id on the destination fails; every planned move is said to be ready"
EXPECT = [("VM-14", f"/{HV02}", "not PASS")]
VERDICT = "not ready|incomplete"


def make() -> Record:
    record = Record(HV01, HV02, HV03)
    record.estate["routes"] = [{"source": s, "destination": HV02, "storage": True} for s in (HV01, HV03)]
    for fact in ("VirtualMachineSettings", "VirtualMachineState", "VmStorage", "VmSecurity"):
        own = [r for r in record.rows(fact, HV03) if fact == "VirtualMachineState" and r["name"] == "HV03"]
        record.put(fact, HV03, own + [r for r in record.rows(fact, HV01) if "8EB1F3B8" in str(r)])
    return record
