from tests.field.record import HV01, HV02, HV03, Record

SITUATION = """A machine was copied with its id: hv01 and hv03 both hold it, and both are planned to move theirs to
hv02. Whichever comes second finds the id there already."""
SOURCE = "A machine cannot arrive where one of its id is; each of two planned moves to one host is said to be ready"
ID = "8eb1f3b8-76ad-5d3b-b6a2-5d6d9295eca9"
EXPECT = [
    ("VM-14", f"{HV01}/{ID}/{HV02}", "UNKNOWN"),
    ("VM-14", f"{HV03}/{ID}/{HV02}", "UNKNOWN"),
    ("VM-14", f"{HV01}/29701c91", "PASS"),
]
VERDICT = "incomplete"
SAYS = [r"yet hv03\.corp\.example holds one of its id, planned to go there, too"]


def make() -> Record:
    record = Record(HV01, HV02, HV03)
    record.estate["routes"] = [{"source": s, "destination": HV02, "storage": True} for s in (HV01, HV03)]
    for fact in ("VirtualMachineSettings", "VirtualMachineState", "VmStorage", "VmSecurity"):
        own = [r for r in record.rows(fact, HV03) if fact == "VirtualMachineState" and r["name"] == "HV03"]
        record.put(fact, HV03, own + [r for r in record.rows(fact, HV01) if "8EB1F3B8" in str(r)])
    return record
