from tests.field.record import HV01, HV11, Record

SITUATION = (
    """Site Recovery replicates with certificates between hosts of two forests without a trust: that needs none."""
)
SOURCE = "Microsoft Learn: Deploy Hyper-V Replica (certificates where no trust joins the domains)"
EXPECT = [("ID-02", "", "NOT_APPLICABLE")]
VERDICT = "not ready|incomplete|ready"


def make() -> Record:
    record = Record(HV01, HV11, profiles=("asr-vmm",))
    record.estate["replica"] = {**record.estate["replica"], "authentication": "certificate"}
    for domain in ("corp.example", "branch.example"):
        record.rows("Trust", domain).clear()
    return record
