from tests.field.record import HV01, HV02, Record

SITUATION = """hv02 has the DNS suffix prod.example and is in corp.example, whose accounts could not be read. The
machine itself tells its suffix, so it is known who answered; what rests on accounts stays unknown."""
SOURCE = "Microsoft Learn: disjoint namespace"
NAME = "hv02.prod.example"
EXPECT = [("ID-01", NAME, "UNKNOWN"), ("HOST-01", NAME, "PASS"), ("ID-10", "", "PASS"), ("DEL-01", NAME, "UNKNOWN")]
VERDICT = "incomplete"
SAYS: list[str] = []


def make() -> Record:
    record = Record(HV01, HV02)
    record.disjoint("prod.example", HV02)
    record.gap("ComputerAccount", "corp.example", "access denied")
    return record
