from tests.field.record import HV01, HV02, Record

SITUATION = """hv01 calls its machines planned, as what a broken move leaves, and yet says that they run, which none of
these does. Nothing of them would be judged."""
SOURCE = "Microsoft Learn: Msvm_PlannedComputerSystem; G16.1 rule 3"
EXPECT = [("VM-02", f"{HV01}/", "UNKNOWN"), ("HOST-08", f"{HV01}/{HV02}", "UNKNOWN"), ("VM-02", f"{HV02}/", "PASS")]
VERDICT = "incomplete"
SAYS = [r"calls planned, and yet running"]


def make() -> Record:
    record = Record(HV01, HV02)
    for row in record.rows("VirtualMachineSettings", HV01):
        if row["system_type"] == "Microsoft:Hyper-V:System:Realized":
            row["system_type"] = "Microsoft:Hyper-V:System:Planned"
    return record
