from tests.field.record import HV01, HV11, Record

SITUATION = """hyperv-germany-01a and hyperv-germany-01b have one NetBIOS name, HYPERV-GERMANY-: only the first fifteen
characters are kept. They are in two domains, and each answers for itself."""
SOURCE = "Microsoft Learn: naming conventions for computers (15 characters of NetBIOS)"
A, B = "hyperv-germany-01a.corp.example", "hyperv-germany-01b.branch.example"
EXPECT = [("ID-10", "", "PASS"), ("ID-01", "", "PASS"), ("HOST-01", "", "PASS")]
VERDICT = "ready"


def make() -> Record:
    record = Record(HV01, HV11)
    record.renamed(HV01, A)
    record.renamed(HV11, B)
    return record
