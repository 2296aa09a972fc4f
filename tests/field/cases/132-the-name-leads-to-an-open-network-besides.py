from tests.field.networks import address, profile
from tests.field.record import HV01, HV02, Record

SITUATION = """Disks move alone. The name hv02 leads to two addresses of hv02 itself: the one that this attempt took,
and one whose adapter leads to the internet. Which one a move takes the resolver decides each time."""
SOURCE = "NET-01: by SMB, on whatever network the destination's name leads to; case 70"
EXPECT = [("NET-01", f"{HV01}/{HV02}", "FAIL")]
VERDICT = "not ready"


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate["routes"] = [{"source": HV01, "destination": HV02, "storage": True, "machines": False}]
    address(record, HV02, "10.99.0.2", 9, card=9)
    profile(record, HV02, 9, 1, 4)
    record.probed(HV01, f"{HV02}:445", addresses=["10.77.11.2", "10.99.0.2"])
    return record
