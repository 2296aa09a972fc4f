from tests.field.networks import address as holds
from tests.field.networks import listed, listens, only, tried
from tests.field.record import HV01, HV02, Record

SITUATION = """Both hosts hold 192.168.100.1 on an internal NAT switch, and the destination takes migrations there only.
A person who tests the port on the source gets an answer: from the source itself."""
SOURCE = "field report: Test-NetConnection succeeds, the move ends with a refused connection; New-NetNat set-up guides"
EXPECT = [("RCH-01", "", "FAIL"), ("LM-11", "", "FAIL"), ("NET-09", "", "FAIL")]
VERDICT = "not ready"
SAYS = [r"hv01\.corp\.example holds 192\.168\.100\.1 of hv02\.corp\.example itself, and no other address connects"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate.update(trusted=["192.168.100.0/24"])
    for host, address in ((HV01, "10.77.11.1"), (HV02, "10.88.11.2")):
        only(record, host, address)
        holds(record, host, "192.168.100.1", 15)
        listed(record, host, "192.168.100.0/24")
        listens(record, host, "192.168.100.1")
    tried(record, HV01, "192.168.100.1:6600", local="192.168.100.1")
    return record
