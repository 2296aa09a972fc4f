from tests.field.record import HV01, HV02, Record

SITUATION = """The migration adapter of hv02 says that it is up, and that no cable is connected. The attempts of hv01
connected all the same: one of the three is wrong, or the cable was pulled after them."""
SOURCE = "MSFT_NetAdapter: InterfaceOperationalStatus 1 is up, MediaConnectState 2 is disconnected"
EXPECT = [("LM-10", HV02, "UNKNOWN"), ("LM-10", HV01, "PASS")]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02)
    next(row for row in record.rows("NetworkAdapter", HV02) if row["interface"] == 7)["media_state"] = 2
    return record
