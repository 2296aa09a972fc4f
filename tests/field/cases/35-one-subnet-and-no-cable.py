from tests.field.networks import tried
from tests.field.record import HV01, HV02, Record

SITUATION = """Both hosts are in 10.20.0.0/24 by their settings, in two VLANs that were meant to be one. By the subnets
they share a migration network; a person's ping between them gets no answer."""
SOURCE = "field report: port of a switch in the wrong VLAN; live migration fails to connect (0x8007274C)"
EXPECT = [("LM-11", f"{HV01}/{HV02}", "FAIL"), ("RCH-01", f"{HV01}/{HV02}", "FAIL"), ("NET-09", "", "PASS")]
VERDICT = "not ready"
SAYS = [r"in one network by their subnets, but 10\.20\.0\.2:6600: no answer"]


def make() -> Record:
    record = Record(HV01, HV02)
    tried(record, HV01, "10.20.0.2:6600", "TimedOut")
    return record
