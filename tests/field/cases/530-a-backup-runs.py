from tests.field.record import HV01, HV02, Record

SITUATION = """web-01 runs and is healthy. A backup of it has begun: its OperationalStatus is OK and BackingUp. A
person sees "Backing up" in Hyper-V Manager, and a move that is started now fails."""
SOURCE = "Microsoft Learn: troubleshoot live migration, guide of 2026-02-12; Msvm_ComputerSystem, OperationalStatus"
EXPECT = [("VM-03", f"{HV01}/", "FAIL|PASS"), ("VM-03", f"{HV02}/", "PASS")]
VERDICT = "not ready"
SAYS = [r"OperationalStatus 2, 32776", r"judge again when it has ended"]


def make() -> Record:
    record = Record(HV01, HV02)
    row = next(row for row in record.rows("VirtualMachineState", HV01) if row["element_name"] == "web-01")
    row["operational_status"] = [2, 32776]
    return record
