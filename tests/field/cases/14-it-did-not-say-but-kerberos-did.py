from tests.field.record import HV01, HV02, Record

SITUATION = """As before, but hv02 signed in to us, too: it holds the key of that very name. What it answered stands;
what needs its name does not."""
SOURCE = "RFC 4120, mutual authentication (KRB_AP_REP)"
EXPECT = [("HOST-01", HV02, "PASS"), ("ID-01", HV02, "UNKNOWN"), ("ID-10", "", "UNKNOWN")]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02)
    record.gap("ComputerSystem", HV02, "access denied", "no right")
    record.proof(HV02, "kerberos")
    return record
