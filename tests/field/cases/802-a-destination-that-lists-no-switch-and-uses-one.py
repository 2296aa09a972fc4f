from tests.field.record import HV01, HV02, Record

SITUATION = """hv02 lists no virtual switch, yet its own machines hang on one. That the switch of a machine of hv01 is
missing there is not known: who made it because of a FAIL would have two of the name, and no move would find its way."""
SOURCE = "Rule: evidence at hand that contradicts an answer makes it a gap"
EXPECT = [("VM-05", f"{HV01}/", "UNKNOWN"), ("HOST-12", HV01, "UNKNOWN")]
VERDICT = "incomplete"
SAYS = [r"VirtualSwitch of hv02\.corp\.example: .*no row, yet \d adapters? hangs? on one"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.put("VirtualSwitch", HV02, [])
    return record
