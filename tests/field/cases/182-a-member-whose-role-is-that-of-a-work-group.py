from tests.field.record import HV01, HV02, Record

SITUATION = """hv02 says that it is joined to corp.example, and that its role is that of a server in no domain. One of
the two is not true any more."""
SOURCE = "Microsoft Learn: Win32_ComputerSystem (DomainRole 2 is a standalone server)"
EXPECT = [("ID-01", HV02, "UNKNOWN"), ("ID-01", HV01, "PASS")]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02)
    record.one("ComputerSystem", HV02).update(domain_role=2)
    return record
