from tests.field.record import HV01, HV02, Record

SITUATION = """VMM 2012 R2 has Update Rollup 3 and manages a cluster. Where storage is mapped, enabling protection ends
with "cluster resource not found" until Update Rollup 4 is there. The estate does not say whether it is mapped."""
SOURCE = "KB 3010979 (Azure Site Recovery: the cluster resource could not be found)"
EXPECT = [("VMM-02", "vmm01", "UNKNOWN"), ("VMM-01", "vmm01", "PASS")]
VERDICT = "incomplete"
SAYS = [r"2012 R2, Update Rollup 3 \(3\.2\.7672\.0\) with hosts in clusters", r"KB 3010979"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    record.one("VmmServer", "vmm01.corp.example")["version"] = "3.2.7672.0"
    record.rows("VmmHost", "vmm01.corp.example")[0]["cluster"] = "CL1"
    record.estate["storage_mappings"] = []
    return record
