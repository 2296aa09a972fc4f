from tests.field.record import HV01, HV02, Record

SITUATION = """hv02 lists the service vmms and no other: neither Netlogon nor LanmanServer, which every member has. The list is
not whole, and says nothing of either."""
SOURCE = "G16.1 rule 3; cases 76, 87, 88"
EXPECT = [("ID-01", HV02, "UNKNOWN")]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02)
    rows = record.rows("Service", HV02)
    rows[:] = [row for row in rows if row["name"] == "vmms"]
    return record
