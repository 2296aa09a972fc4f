from tests.field.record import HV01, HV02, Record

SITUATION = """hv01 tells of a machine and lists its checkpoint, but not the machine itself: its provider broke off.
What version that machine has nobody knows, and so not whether hv02 takes it."""
SOURCE = "Msvm_VirtualSystemSettingData: a row for each machine, and one for each of its checkpoints"
EXPECT = [("VM-01", f"{HV01}/*", "UNKNOWN"), ("VM-02", f"{HV01}/*", "UNKNOWN")]
VERDICT = "incomplete"
SAYS = [r"tells of 1 virtual machine that VirtualMachineSettings does not list"]


def make() -> Record:
    record = Record(HV01, HV02)
    rows = record.rows("VirtualMachineSettings", HV01)
    row = next(row for row in rows if (row["system_type"] or "").endswith("Realized"))
    vm_id = row["instance_id"].partition(":")[2]
    row.update(
        instance_id="Microsoft:7E1F0A52-3B5C-4E0B-9A51-0B7E6A1C0001",
        vm_identifier=vm_id,
        system_type="Microsoft:Hyper-V:Snapshot:Realized",
    )
    return record
