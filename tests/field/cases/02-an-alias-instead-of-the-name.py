from tests.field.record import HV01, HV02, Record

SITUATION = """The estate names hv02 by a CNAME, hyperv-berlin. The answers are hv02's, but Kerberos and delegation know
no such computer: every service name would be made for a name that nobody has."""
SOURCE = "Microsoft Learn: computer accounts and service principal names (a name must be the account's dNSHostName)"
ALIAS = "hyperv-berlin.corp.example"
EXPECT = [("ID-01", ALIAS, "UNKNOWN"), ("DEL-01", "", "UNKNOWN"), ("ID-10", "", "UNKNOWN")]
VERDICT = "incomplete"
SAYS = [r'another machine answered: HV02 \(corp\.example\); if it is meant, write name = "hv02\.corp\.example"']


def make() -> Record:
    record = Record(HV01, HV02)
    record.asked_as(HV02, ALIAS)
    return record
