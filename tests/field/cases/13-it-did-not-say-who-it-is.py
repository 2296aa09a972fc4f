from tests.field.record import HV01, HV02, Record

SITUATION = """WMI on hv02 gives all but Win32_ComputerSystem, and the session was basic over TLS with a certificate for
*.corp.example: any host of the domain may have answered."""
SOURCE = "carried out on the practice machines"
EXPECT = [("ID-01", HV02, "UNKNOWN"), ("HOST-01", HV02, "UNKNOWN"), ("ID-10", "", "UNKNOWN"), ("ID-01", HV01, "PASS")]
VERDICT = "incomplete"
SAYS = [r"it is not known which machine answered: its name was not read, access denied \(no right\)"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.gap("ComputerSystem", HV02, "access denied", "no right")
    return record
