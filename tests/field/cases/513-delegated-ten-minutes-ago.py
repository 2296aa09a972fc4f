from datetime import datetime, timedelta

from tests.field.record import HV01, HV02, Record

SITUATION = """All entries are there. They were written ten minutes ago, and hv01 has run for days: the move that is
started now may fail with 0x8009030E, and the one in an hour works."""
SOURCE = "Microsoft: Troubleshoot live migration issues (wait, or klist purge -li 0x3e7)"
EXPECT = [("DEL-01", "", "PASS"), ("DEL-11", f"{HV01}/{HV02}", "UNKNOWN"), ("DEL-11", f"{HV02}/{HV01}", "PASS")]
VERDICT = "incomplete"
SAYS = [r"scan again then"]


def make() -> Record:
    record = Record(HV01, HV02)
    finished = datetime.fromisoformat(record.data["finished"])
    for row in record.rows("DelegationChange", "corp.example"):
        if row["dn"].startswith("CN=HV01,"):
            row["listed"] = (finished - timedelta(minutes=10)).isoformat()
    return record
