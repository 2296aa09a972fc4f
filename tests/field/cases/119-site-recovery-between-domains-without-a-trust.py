from tests.field.record import HV01, HV11, Record

SITUATION = """Site Recovery replicates with Kerberos between hosts of two forests without a trust: the same service
signs in as for Hyper-V Replica."""
SOURCE = "Microsoft Learn: Deploy Hyper-V Replica (Kerberos within one domain or mutually trusted domains)"
EXPECT = [("ID-02", "", "FAIL")]
VERDICT = "not ready"


def make() -> Record:
    record = Record(HV01, HV11, profiles=("asr-vmm",))
    for domain in ("corp.example", "branch.example"):
        record.rows("Trust", domain).clear()
    return record
