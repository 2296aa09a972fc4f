from tests.field.record import HV01, HV02, Record

SITUATION = """The record of hv02 in DNS still holds the address that hv01 has now. A person who opens a session on
hv02 and asks hostname reads HV01; everything else looks as it should, because it is hv01's."""
SOURCE = "carried out on the practice machines; Microsoft Learn: Win32_ComputerSystem (Name, DNSHostName, Domain)"
EXPECT = [
    ("ID-10", "", "FAIL"),
    ("ID-01", HV02, "UNKNOWN"),
    ("HOST-01", HV02, "UNKNOWN"),
    ("DEL-01", "", "not PASS"),
    ("RCH-01", f"{HV02}/", "UNKNOWN"),
    ("HOST-01", HV01, "PASS"),
]
VERDICT = "not ready"
SAYS = [r"of hv02\.corp\.example: another machine answered: HV01 \(corp\.example\)\n", r"answered under both names"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.answered_by(HV02, HV01)
    return record
