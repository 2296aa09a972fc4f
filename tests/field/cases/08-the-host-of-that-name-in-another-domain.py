from tests.field.record import HV01, HV02, Record

SITUATION = (
    """hv02.branch.example was meant. Its name led to HV02 of corp.example, whose account has another full name."""
)
SOURCE = "Microsoft Learn: dNSHostName of a computer account"
NAME = "hv02.branch.example"
EXPECT = [("ID-01", NAME, "UNKNOWN"), ("HOST-01", NAME, "UNKNOWN"), ("ID-10", "", "UNKNOWN")]
VERDICT = "incomplete"
SAYS = [r"of hv02\.branch\.example: another machine answered: HV02 \(corp\.example\)"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.asked_as(HV02, NAME)
    return record
