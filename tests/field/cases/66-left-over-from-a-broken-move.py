from tests.field.record import HV01, HV02, Record

SITUATION = """A move to hv02 broke off when the link failed. Get-VM shows nothing there, yet a planned machine of that
id was left, and no further move of that machine can arrive."""
SOURCE = "user reports; Microsoft Learn: Msvm_PlannedComputerSystem, Msvm_VirtualSystemSettingData.VirtualSystemType"
ID = "8eb1f3b8"
EXPECT = [("VM-14", f"{HV01}/{ID}", "FAIL"), ("VM-14", f"{HV01}/29701c91", "PASS"), ("VM-14", f"{HV02}/", "PASS")]
VERDICT = "not ready"
SAYS = [r"on hv02\.corp\.example already: a planned machine"]


def make() -> Record:
    record = Record(HV01, HV02)
    (left,) = (
        row
        for row in record.rows("VirtualMachineSettings", HV01)
        if ID in row["instance_id"].lower() and "Realized" in row["system_type"]
    )
    record.rows("VirtualMachineSettings", HV02).append({**left, "system_type": "Microsoft:Hyper-V:System:Planned"})
    return record
