from tests.field.cluster import on_share
from tests.field.record import HV01, HV02, Record

SITUATION = """The import path calls its server by an alias, and the alias leads to a Hyper-V host: the copy would go
from the host to itself, which is not supported."""
SOURCE = "S4, Prepare for offline initial replication, bullet 4; G13 SHR-05"
EXPECT = [("SHR-05", "copies", "FAIL")]
VERDICT = "not ready"
SAYS = [r"the path leads to hv02\.corp\.example, a Hyper-V host"]
ALIAS, VMM01 = "copies.corp.example", "vmm01.corp.example"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    path = {"path": rf"\\{ALIAS}\import"}
    record.estate["offline"] = {"export": path, "import_": path}
    on_share(record)
    record.served_by(ALIAS, "10.77.11.2", VMM01)
    return record
