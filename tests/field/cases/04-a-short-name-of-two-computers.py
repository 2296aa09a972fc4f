from tests.field.record import HV01, HV02, Record

SITUATION = """The estate says hv02, and both domains have a computer of that name. Which one answered is told by it
alone; which one was meant, by nobody."""
SOURCE = "Microsoft Learn: sAMAccountName is unique within a domain only"
EXPECT = [("ID-01", "hv02", "UNKNOWN"), ("ID-10", "", "UNKNOWN")]
VERDICT = "incomplete"
SAYS = [r'more computers called hv02; if it is meant, write name = "hv02\.corp\.example"']


def make() -> Record:
    record = Record(HV01, HV02)
    record.asked_as(HV02, "hv02")
    (twin, *_) = record.accounts("HV02$")
    dn = "CN=HV02,DC=branch,DC=example"
    record.rows("ComputerAccount", "branch.example").append({**twin, "dns_name": "hv02.branch.example", "dn": dn})
    return record
