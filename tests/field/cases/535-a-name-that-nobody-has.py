from tests.field.record import HV01, HV02, Record

SITUATION = """The estate means web-01 and bd-01, a slip for db-01. web-01 may move. READY would say so of a machine
that nobody looked at."""
SOURCE = "estate.toml, [vms]"
EXPECT = [("VM-01", "run", "UNKNOWN"), ("VM-05", "run", "UNKNOWN"), ("VM-01", HV02, "NOT_APPLICABLE")]
VERDICT = "incomplete"
SAYS = [r'no source was seen to hold "bd-01"']


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate["vms_only"] = ["web-01", "bd-01"]
    return record
