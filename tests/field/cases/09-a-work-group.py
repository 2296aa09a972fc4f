from tests.field.record import HV01, HV02, Record

SITUATION = (
    """hv02 left the domain. Its name is still right, so its answers are its own, and what fails is the domain."""
)
SOURCE = "Microsoft Learn: Win32_ComputerSystem.PartOfDomain; Domain is then the work group's name"
EXPECT = [("ID-01", HV02, "FAIL"), ("HOST-01", HV02, "PASS"), ("ID-10", "", "PASS")]
VERDICT = "not ready"


def make() -> Record:
    record = Record(HV01, HV02)
    record.one("ComputerSystem", HV02).update(domain="WORKGROUP", part_of_domain=False, domain_role=2)
    return record
