from tests.field.mapped import OWN, SERVER, replicated
from tests.field.record import HV01, HV02, Record

SITUATION = """The replica is sent to the broker of the cluster whose nodes the target cloud holds: VMM knows the
nodes, and not the broker."""
SOURCE = "G16.4: a broker's name stands for its cluster; REP-09"
EXPECT = [("REP-09", f"{HV01}/{OWN}", "UNKNOWN")]
VERDICT = "incomplete|not ready"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    replicated(record, OWN, replica_host="broker.corp.example", replica="broker.corp.example")
    for row in record.rows("VmmHost", SERVER):
        row["cluster"] = "REPLICAS"
    return record
