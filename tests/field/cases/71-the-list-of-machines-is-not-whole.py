from tests.field.record import HV01, HV02, Record

SITUATION = """hv01 tells the state of three machines and lists the settings of none. One of its two words is not whole:
which machines would move, and that the one of hv02 is not there already, nobody can tell."""
SOURCE = "Rule: evidence at hand that contradicts a PASS forbids it"
EXPECT = [("VM-02", f"{HV01}/", "UNKNOWN"), ("VM-14", f"{HV02}/", "UNKNOWN")]
VERDICT = "incomplete"
SAYS = [r"VirtualMachineState of hv01\.corp\.example tells of 3 virtual machines that VirtualMachineSettings does not"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.put("VirtualMachineSettings", HV01, [])
    record.rows("VirtualMachineState", HV01).append(record.rows("VirtualMachineState", HV02)[-1])
    return record
