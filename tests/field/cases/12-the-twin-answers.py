from tests.field.record import HV01, HV02, Record

SITUATION = """Two machines whose names share fifteen characters, both in a work group of the same name; the name of the
second leads to the first. The NetBIOS name is right, the DNS name is not."""
SOURCE = "Microsoft Learn: naming conventions for computers (15 characters of NetBIOS)"
A, B = "hyperv-germany-01a.corp.example", "hyperv-germany-01b.corp.example"
EXPECT = [("ID-10", "", "UNKNOWN"), ("ID-01", B, "UNKNOWN"), ("HOST-01", B, "UNKNOWN"), ("HOST-01", A, "PASS")]
VERDICT = "not ready"
SAYS = [r"of hyperv-germany-01b\.corp\.example: another machine answered: hyperv-germany-01a \(WORKGROUP\)"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.renamed(HV01, A)
    record.renamed(HV02, B)
    record.one("ComputerSystem", A).update(domain="WORKGROUP", part_of_domain=False, domain_role=2)
    record.answered_by(B, A)
    return record
