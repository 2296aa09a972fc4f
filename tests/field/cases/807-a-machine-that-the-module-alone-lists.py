from tests.field.record import HV01, HV02, Record

SITUATION = """Get-VM lists a machine that is not among the settings WMI tells: the list by which machines are judged is
not whole, and what moves is not all judged."""
SOURCE = "Rule: evidence at hand that contradicts a PASS forbids it"
EXPECT = [("VM-02", f"{HV01}/*", "UNKNOWN"), ("VM-05", f"{HV01}/*", "UNKNOWN")]
VERDICT = "incomplete"
SAYS = [r"VmRuntime of hv01\.corp\.example tells of 1 virtual machine that VirtualMachineSettings does not list"]


def make() -> Record:
    record = Record(HV01, HV02)
    rows = record.rows("VmRuntime", HV01)
    rows.append({**rows[0], "id": "99999999-aaaa-bbbb-cccc-999999999999"})
    return record
