from tests.field.record import HV01, HV02, Record

SITUATION = """The estate says hv02, without a domain. One computer of the domains that were read is called that, and
the machine says that it is this one."""
SOURCE = "Microsoft Learn: dNSHostName of a computer account"
EXPECT = [("ID-01", "hv02", "PASS"), ("HOST-01", "hv02", "PASS"), ("ID-10", "", "PASS"), ("DEL-01", "", "PASS")]
VERDICT = "ready"


def make() -> Record:
    record = Record(HV01, HV02)
    record.asked_as(HV02, "hv02")
    return record
