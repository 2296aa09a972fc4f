from tests.field.record import HV01, HV02, HV11, Record

SITUATION = """As before, and the plan says of the route to HV11 that machines are moved live along it: Site Recovery
is judged on the way to HV02 alone, and nothing is in its way."""
SOURCE = "A kind of move is judged on the routes that are planned for it: [[route]] profiles"
EXPECT = [
    ("VMM-16", "", "PASS"),
    ("LM-01", HV11, "PASS"),
]
VERDICT = "ready"


def make() -> Record:
    record = Record(HV01, HV02, HV11, profiles=("asr-vmm", "live-migration"))
    record.in_cloud(HV11, "Primary")
    ways = ((HV02, "asr-vmm"), (HV11, "live-migration"))
    record.estate["routes"] = [{"source": HV01, "destination": end, "profiles": [kind]} for end, kind in ways]
    return record
