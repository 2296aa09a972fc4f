from tests.field.record import HV01, HV02, Record

SITUATION = """VMM 2012 R2 has Update Rollup 3 and manages a cluster, and the plan maps storage: enabling protection
ends with "cluster resource not found"."""
SOURCE = "KB 3010979 (Azure Site Recovery: the cluster resource could not be found); G16.4 VMM-02"
EXPECT = [("VMM-02", "vmm01", "FAIL")]
VERDICT = "not ready"
SAYS = [r"storage is mapped \(KB 3010979\)"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    record.estate["storage_mappings"] = [{"source": "Gold", "target": "Silver"}]
    record.one("VmmServer", "vmm01.corp.example")["version"] = "3.2.7672.0"
    record.rows("VmmHost", "vmm01.corp.example")[0]["cluster"] = "CL1"
    return record
