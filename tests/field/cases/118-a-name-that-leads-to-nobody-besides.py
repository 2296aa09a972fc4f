from tests.field.record import HV01, HV02, Record

SITUATION = """The name hv02 leads to its address and to 10.77.99.99, which hv02 does not list (a record that nobody
took out of DNS). Whom the next attempt meets nobody knows, as with a listener on an address of nobody."""
SOURCE = "Rule: an address counts as a host's only if it leads there"
EXPECT = [("RCH-02", f"{HV01}/{HV02}", "UNKNOWN"), ("ID-07", f"{HV01}/{HV02}", "FAIL")]
VERDICT = "not ready"


def make() -> Record:
    record = Record(HV01, HV02)
    record.probed(HV01, f"{HV02}:445", addresses=["10.77.11.2", "10.77.99.99"])
    return record
