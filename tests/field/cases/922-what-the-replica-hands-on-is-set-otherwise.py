from tests.field.mapped import OWN, replicated
from tests.field.record import HV01, HV02, Record

SITUATION = """The replication is set as planned; the replica is handed on to a third host through another port,
which is nobody's matter here."""
SOURCE = "G16.4 REP-09: extended relationships are not compared"
EXPECT = [("REP-09", f"{HV01}/{OWN}", "PASS")]
VERDICT = "ready|incomplete|not ready"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    replicated(record, OWN)
    rows = record.rows("ReplicationTerms", HV01)
    rows.append({**rows[0], "instance_id": rows[0]["instance_id"][:-1] + "1", "port": 80})
    return record
