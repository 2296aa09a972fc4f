from tests.field.mapped import OWN, SERVER
from tests.field.record import HV01, HV02, Record

SITUATION = """Machine and replica have one id, and VMM lists both. The replica was put into the source cloud by
mistake, the machine into none: what is in the cloud is not what shall be protected."""
SOURCE = "G16.3 VMM-15 with the field case of the replica that has the primary's id (replica-vmm-cases 13)"
EXPECT = [("VMM-15", HV01, "PASS|FAIL|NOT_APPLICABLE"), ("VMM-15", f"{HV01}/{OWN}", "FAIL")]
VERDICT = "not ready"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    rows = record.rows("VmmVirtualMachine", SERVER)
    own = next(row for row in rows if row["hyper_v_id"] == OWN)
    rows.append({**own, "id": "of the replica", "host": HV02})
    own["cloud"] = None
    return record
