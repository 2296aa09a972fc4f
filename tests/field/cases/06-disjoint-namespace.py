from tests.field.record import HV01, HV02, Record

SITUATION = """The machines' DNS suffix is prod.example, their domain corp.example. That is allowed, and their accounts
say so: hv02.prod.example is HV02$ of corp.example."""
SOURCE = "Microsoft Learn: disjoint namespace (the primary DNS suffix differs from the domain's DNS name)"
EXPECT = [("ID-01", "", "PASS"), ("HOST-01", "", "PASS"), ("ID-10", "", "PASS"), ("RCH-01", "", "PASS")]
VERDICT = "ready"


def make() -> Record:
    record = Record(HV01, HV02)
    for host in (HV01, HV02):
        record.asked_as(host, host.replace("corp", "prod"))
    for name in ("HV01$", "HV02$"):
        for row in record.accounts(name):
            row["dns_name"] = row["dns_name"].replace("corp", "prod")
    return record
