from tests.field.record import HV01, HV02, Record

SITUATION = """Site Recovery between two VMM sites is planned, and the estate names no VMM server: whether its provider
reaches the service was looked at by nobody."""
SOURCE = "Rule: what was not judged is part of the verdict"
EXPECT = [("RCH-07", "run", "UNKNOWN"), ("RCH-08", HV01, "PASS"), ("RCH-08", HV02, "PASS")]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    record.estate["vmm_servers"] = []
    return record
