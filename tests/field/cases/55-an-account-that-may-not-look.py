from tests.field.record import HV01, HV02, Record

SITUATION = """The account may sign in on hv01 and read its services, and is in neither Administrators nor Hyper-V
Administrators. Get-VM prints nothing for it, and no error; the host runs two machines."""
SOURCE = "user reports of empty lists; Microsoft Learn: Msvm_ComputerSystem (a physical computer system or a machine)"
EXPECT = [
    ("HOST-01", HV01, "UNKNOWN"),
    ("VM-01", HV01, "UNKNOWN"),
    ("VM-02", f"{HV01}/", "UNKNOWN"),
    ("VM-14", f"{HV01}/", "UNKNOWN"),
    ("LM-01", HV01, "UNKNOWN"),
    ("HOST-13", HV01, "PASS"),
    ("HOST-01", HV02, "PASS"),
]
VERDICT = "incomplete"
SAYS = [r"VirtualMachineSettings of hv01\.corp\.example: access denied or provider broken: "]


def make() -> Record:
    record = Record(HV01, HV02)
    record.hides(HV01)
    return record
