from tests.field.record import HV01, HV02, Record

SITUATION = """The machines' DNS suffix is prod.example, their domain corp.example. Windows registered its service
names under the real names, and delegation lists them: nothing is missing."""
SOURCE = "Microsoft Learn: disjoint namespace; servicePrincipalName holds dNSHostName"
EXPECT = [(check, "", "PASS") for check in ("DEL-01", "DEL-02", "DEL-04", "DEL-08", "LM-03")]
VERDICT = "ready"


def make() -> Record:
    record = Record(HV01, HV02)
    record.disjoint("prod.example", HV01, HV02)
    return record
