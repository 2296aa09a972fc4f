from tests.field.record import HV01, HV02, Record

SITUATION = """hv01 is new and has no virtual machine yet. Its own row of Msvm_ComputerSystem is there, so that the
empty list of machines is an answer."""
SOURCE = "Microsoft Learn: Msvm_ComputerSystem (a physical computer system or a machine)"
EXPECT = [
    ("HOST-01", HV01, "PASS"),
    ("VM-01", HV01, "NOT_APPLICABLE"),
    ("VM-02", f"{HV01}/", "NOT_APPLICABLE"),
    ("VM-14", f"{HV01}/", "NOT_APPLICABLE"),
]
VERDICT = "ready"


def make() -> Record:
    record = Record(HV01, HV02)
    for fact in ("VirtualMachineSettings", "VmStorage", "VmSecurity", "VmRuntime"):
        record.put(fact, HV01, [])
    states = record.rows("VirtualMachineState", HV01)
    states[:] = [row for row in states if row["name"] == "HV01"]
    return record
