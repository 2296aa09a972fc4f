from tests.field.record import HV01, HV02, Record

SITUATION = """TCP 445 of hv02 connects, and hv02 says that its Server service is stopped: something else listens, or
the service ended after the attempt. No disk arrives there."""
SOURCE = "Win32_Service, LanmanServer: the SMB server of Windows"
EXPECT = [("RCH-02", f"{HV01}/{HV02}", "UNKNOWN"), ("RCH-02", f"{HV02}/{HV01}", "PASS")]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02)
    for row in record.rows("Service", HV02):
        if row["name"] == "LanmanServer":
            row.update(state="Stopped", process_id=0)
    return record
