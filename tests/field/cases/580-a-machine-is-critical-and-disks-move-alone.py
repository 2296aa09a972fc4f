from tests.field.record import HV01, HV02, Record

SITUATION = """The plan moves disks alone. The volume of one machine's files is gone, and Hyper-V shows that machine as
critical: what it cannot read it cannot copy either. That no machine moves does not excuse its state."""
SOURCE = "S0 step 1 item 9 (storage alone); Microsoft Learn: Msvm_ComputerSystem (HealthState)"
EXPECT = [("VM-03", f"{HV01}/", "FAIL|PASS"), ("VM-03", f"{HV02}/", "PASS")]
VERDICT = "not ready"
SAYS = [r"critical: HealthState 25"]


def make() -> Record:
    record = Record(HV01, HV02)
    for route in record.estate["routes"]:
        route["machines"] = False
    record.rows("VirtualMachineState", HV01)[1]["health_state"] = 25
    return record
