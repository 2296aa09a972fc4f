from tests.field.record import HV01, HV02, Record

SITUATION = """hv02 lists the service vmms twice: it runs, and it is stopped. A service has one state; which one it is
nobody knows."""
SOURCE = "Win32_Service: its key is Name, so that there is one row of a service"
EXPECT = [("HOST-01", HV02, "UNKNOWN"), ("HOST-01", HV01, "PASS")]
VERDICT = "incomplete"
SAYS = [r'two rows of "vmms" that differ, where there is one']


def make() -> Record:
    record = Record(HV01, HV02)
    rows = record.rows("Service", HV02)
    row = next(row for row in rows if row["name"] == "vmms")
    rows.append(row | {"name": "VMMS", "state": "Stopped", "process_id": 0})
    return record
