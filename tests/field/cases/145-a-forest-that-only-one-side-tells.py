from tests.field.record import HV01, HV11, Record

SITUATION = """branch.example says that its forest's root is corp.example; corp.example's list of its forest, read
whole, does not hold branch.example, and no trust joins them."""
SOURCE = "Microsoft Learn: CN=Partitions lists the domains of a forest"
EXPECT = [("ID-02", "", "UNKNOWN")]
VERDICT = "not ready|incomplete"


def make() -> Record:
    record = Record(HV01, HV11)
    record.one("DomainInfo", "branch.example")["forest_root"] = "corp.example"
    for domain in ("corp.example", "branch.example"):
        record.rows("Trust", domain).clear()
    return record
