from tests.field.record import HV01, HV02, Record

SITUATION = """By WMI every machine of hv01 runs and is sound. The Hyper-V module calls the state of one of them
RunningCritical (32785): the volume with its files cannot be reached."""
SOURCE = "dsccommunity/HyperVDsc, dump of the module's enumerations; Microsoft Learn: VM critical state"
EXPECT = [("VM-03", f"{HV01}/", "FAIL|PASS"), ("VM-03", f"{HV02}/", "PASS")]
VERDICT = "not ready"
SAYS = [r"State 32785 of the module"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.rows("VmRuntime", HV01)[0]["state"] = 32785
    return record
