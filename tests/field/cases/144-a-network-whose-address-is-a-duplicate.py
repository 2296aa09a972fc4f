from tests.field.networks import address, listed
from tests.field.record import HV01, HV02, Record

SITUATION = """hv02 lists two migration networks; its address in one is a duplicate just now (AddressState 2), so that
network takes nothing. What is wrong is the address: the network must stay on the list."""
SOURCE = "G16.1 rule 6: cure what it is printed for, harm nothing else"
EXPECT = [("LM-10", HV02, "WARN")]
VERDICT = "ready"
SAYS = [r"(?s)\A(?!.*Remove-VMMigrationNetwork).*\Z"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate["routes"] = [{"source": HV01, "destination": HV02, "storage": True}]
    listed(record, HV02, "10.20.0.0/24", "10.30.0.0/24")
    address(record, HV02, "10.30.0.2", 9, card=9)
    record.rows("IPAddress", HV02)[-1]["state"] = 2
    return record
