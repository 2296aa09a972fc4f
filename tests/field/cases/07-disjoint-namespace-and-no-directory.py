from tests.field.record import HV01, HV02, Record

SITUATION = """As before, but the accounts could not be read. A machine called HV02 of corp.example answered for
hv02.prod.example: that may be it, or the one that prod.example has under this name."""
SOURCE = "Microsoft Learn: disjoint namespace"
NAME = "hv02.prod.example"
EXPECT = [("ID-01", NAME, "UNKNOWN"), ("HOST-01", NAME, "UNKNOWN"), ("ID-10", "", "UNKNOWN"), ("HOST-01", HV01, "PASS")]
VERDICT = "incomplete"
SAYS = [r"not known which machine answered: HV02 \(corp\.example\) is hv02\.prod\.example only if its account says so"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.asked_as(HV02, NAME)
    record.gap("ComputerAccount", "corp.example", "access denied")
    return record
