from tests.field.record import HV01, HV02, Record

SITUATION = """hv02 answers every question about Hyper-V with nothing and no error: the account may not look. That
no switch is listed does not say that there is none, and no machine is told to lack one."""
SOURCE = "windowsserverdocs: WMI of Hyper-V gives no row to who may not look"
EXPECT = [("VM-05", f"{HV01}/", "UNKNOWN"), ("HOST-12", HV01, "UNKNOWN"), ("VM-05", f"{HV02}/*", "UNKNOWN")]
VERDICT = "incomplete|not ready"


def make() -> Record:
    record = Record(HV01, HV02)
    record.hides(HV02)
    return record
