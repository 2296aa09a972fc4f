from datetime import datetime, timedelta

from tests.field.record import HV01, HV02, Record

SITUATION = """VMM server and domain controllers agree to the second, and all of them are twenty minutes behind the
internet: tokens are refused, and a look at the domain alone finds nothing."""
SOURCE = (
    "set-ups that register refuse more than fifteen minutes; public reports of a virtual controller without a source"
)
EXPECT = [("ASR-07", "vmm01", "FAIL")]
VERDICT = "not ready"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    for row in record.rows("EndpointProbe", "vmm01.corp.example"):
        if row["server_date"]:
            later = datetime.fromisoformat(row["server_date"]) + timedelta(minutes=20)
            row["server_date"] = later.isoformat().replace("+00:00", "Z")
    return record
