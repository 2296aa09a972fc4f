from tests.field.record import HV01, HV02, Record

SITUATION = """hv02 lists the service vmms and no other: neither Netlogon nor LanmanServer, which every server has. The
list is not whole, and says nothing of either."""
SOURCE = "Rule: a list in which a row that always exists is missing is no list; cases 76, 87, 88"
EXPECT = [("ID-01", HV02, "UNKNOWN"), ("HOST-01", HV02, "UNKNOWN"), ("ID-01", HV01, "PASS")]
VERDICT = "incomplete"
SAYS = [r"no row of LanmanServer and Netlogon, which every server has"]


def make() -> Record:
    record = Record(HV01, HV02)
    rows = record.rows("Service", HV02)
    rows[:] = [row for row in rows if row["name"] == "vmms"]
    return record
