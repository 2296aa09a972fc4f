from tests.field.record import HV01, HV02, Record

SITUATION = """A backup agent took port 8083 of hv02 before the service of Hyper-V started. Whoever tries the port finds
it open, and the settings say that hv02 takes replicas there."""
SOURCE = "domain knowledge: http.sys, process 4, listens for replicas (REP-03)"
EXPECT = [("REP-03", HV02, "FAIL"), ("RCH-06", f"{HV01}/{HV02}", "PASS"), ("REP-01", HV02, "PASS")]
VERDICT = "not ready"
SAYS = [r"TCP 8083 is held by process 4711"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("replica",))
    for row in record.rows("ListeningPort", HV02):
        if row["port"] == 8083:
            row["process"] = 4711
    return record
