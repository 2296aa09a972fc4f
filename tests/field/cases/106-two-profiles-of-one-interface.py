from tests.field.record import HV01, HV02, Record

SITUATION = """Windows has two profiles of one interface (it does, where it identifies two networks behind it): one says
local and private, the other leads to the internet. Whichever is told first, the network has a way out."""
SOURCE = "D2: connectivity Internet on that interface is untrusted; G16.1 rule 3"
EXPECT = [("NET-01", f"{HV01}/{HV02}", "FAIL")]
VERDICT = "not ready"


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate.update(trusted=[], routes=[{"source": HV01, "destination": HV02, "storage": True}])
    second = {"category": 2, "interface": 7, "ipv4_connectivity": 4, "ipv6_connectivity": 1}
    record.rows("ConnectionProfile", HV02).append(second)
    return record
