from tests.field.mapped import PAIR, SERVER
from tests.field.record import HV01, HV02, Record

SITUATION = """Who reads has the user role Read-Only Administrator, as the page advises, and sees sound clouds. Whether
one has a host of another release, or a machine in another network, that role cannot tell: what it is not shown is not
said to be hidden."""
SOURCE = "Rule: what was not shown is no answer (VMM's user roles)"
EXPECT = [("VMM-08", SERVER, "UNKNOWN"), ("VMM-10", PAIR, "UNKNOWN"), ("VMM-01", SERVER, "PASS")]
VERDICT = "incomplete"
SAYS = [r"the account is no administrator of VMM there, and may be shown a part"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    record.one("VmmServer", SERVER)["profile"] = 5
    return record
