from tests.field.record import HV01, HV11, Record

SITUATION = """Replication with Kerberos between two forests, of which one has forgotten the trust: hv11 knows no
account of hv01."""
SOURCE = "Microsoft Learn: Hyper-V Replica with Kerberos needs one domain or domains that trust each other"
EXPECT = [("ID-02", "", "FAIL")]
VERDICT = "not ready"
SAYS = [r"branch\.example has no trust with corp\.example", r"Have administrators of both domains mend the trust"]


def make() -> Record:
    record = Record(HV01, HV11, profiles=("replica",))
    record.rows("Trust", "branch.example").clear()
    return record
