from tests.field.networks import listens
from tests.field.record import HV01, HV02, Record

SITUATION = """The migration service of hv02 names no address at which it listens, yet hv01 connects to the one in the
migration network. Which of the two is right nobody can tell: LM-13 neither fails nor passes, and RCH-01 fails."""
SOURCE = "G16.1 rule 3: evidence at hand that contradicts"
EXPECT = [("LM-13", HV02, "UNKNOWN"), ("LM-13", HV01, "PASS")]
VERDICT = "not ready"
SAYS = [r"the service says that it listens at no address, yet hv01\.corp\.example connects to 10\.20\.0\.2"]


def make() -> Record:
    record = Record(HV01, HV02)
    listens(record, HV02)
    return record
