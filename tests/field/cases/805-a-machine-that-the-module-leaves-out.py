from tests.field.record import HV01, HV02, Record

SITUATION = """WMI lists two machines, and Get-VM one of them. Only the module tells that a machine is critical in some
ways; of the other one it says nothing."""
SOURCE = "Rule: evidence at hand that contradicts a PASS forbids it"
EXPECT = [("VM-03", f"{HV01}/", "UNKNOWN|PASS"), ("VM-03", f"{HV02}/", "PASS")]
VERDICT = "incomplete"
SAYS = [r"VmRuntime of hv01\.corp\.example does not list .*, and WMI does"]


def make() -> Record:
    record = Record(HV01, HV02)
    rows = record.rows("VmRuntime", HV01)
    assert len(rows) > 1
    rows.pop()
    return record
