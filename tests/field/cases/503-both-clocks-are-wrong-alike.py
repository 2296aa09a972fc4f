from datetime import datetime, timedelta

from tests.field.record import HV01, HV02, Record

SITUATION = """Both hosts take their time from one wrong source and are six minutes ahead. They agree with each other;
the controllers, who make the tickets, do not agree with them."""
SOURCE = "Kerberos MaxClockSkew, 5 minutes by default; domain.md ID-06"
EXPECT = [("ID-06", "", "FAIL")]
VERDICT = "not ready"
SAYS = [r"hv01\.corp\.example and dc1\.corp\.example: 3\d\d( to 3\d\d)? s apart"]


def make() -> Record:
    record = Record(HV01, HV02)
    for host in (HV01, HV02):
        row = record.one("HostClock", host)
        row["told"] = (datetime.fromisoformat(row["told"]) + timedelta(minutes=6)).isoformat()
    return record
