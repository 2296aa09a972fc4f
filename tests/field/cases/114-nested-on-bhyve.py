from tests.field.record import HV01, HV02, Record

SITUATION = (
    """hv02 is a virtual machine of bhyve (TrueNAS): the hypervisor that Windows tells of is the one beneath it."""
)
SOURCE = "HypervisorPresent proves nothing where the host itself is a virtual machine; systemd, table of DMI vendors"
EXPECT = [("HOST-13", HV02, "NOT_APPLICABLE")]
VERDICT = "ready"


def make() -> Record:
    record = Record(HV01, HV02)
    record.one("ComputerSystem", HV02).update(manufacturer="FreeBSD", model="BHYVE")
    return record
