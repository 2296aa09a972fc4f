from tests.field.record import HV01, HV02, Record

SITUATION = """The Hyper-V module of hv01 tells of the host, and Get-VM of no machine, while WMI tells of some. That is
not what a host without the module answers: there, WMI alone would decide."""
SOURCE = "Rule: evidence at hand that contradicts a PASS forbids it"
EXPECT = [("VM-03", f"{HV01}/", "UNKNOWN"), ("VM-03", f"{HV02}/", "PASS")]
VERDICT = "incomplete"
SAYS = [r"VmRuntime of hv01\.corp\.example: .*no row, yet the Hyper-V module is there"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.put("VmRuntime", HV01, [])
    return record
