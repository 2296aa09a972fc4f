from tests.field.record import HV01, HV02, Record

SITUATION = """hv01 lists its switches and its machines, and not one adapter that hangs on a switch: a provider that
broke off. That no switch is needed on hv02 does not follow."""
SOURCE = "Rule: evidence at hand that contradicts a PASS forbids it"
EXPECT = [("VM-05", f"{HV01}/", "UNKNOWN"), ("HOST-12", HV01, "UNKNOWN"), ("VM-05", f"{HV02}/", "PASS")]
VERDICT = "incomplete"
SAYS = [r"SwitchConnection of hv01\.corp\.example: .*no row, yet "]


def make() -> Record:
    record = Record(HV01, HV02)
    record.put("SwitchConnection", HV01, [])
    return record
