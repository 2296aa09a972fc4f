from tests.field.record import HV01, HV02, Record

SITUATION = """The provider's key of proxy settings is there and holds none of the values that we know by name. That no
proxy is set is only what it looks like."""
SOURCE = "command plan, register of what is unproven, question 7"
EXPECT = [("RCH-09", "vmm01", "UNKNOWN")]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    record.rows("AsrProxySettings", "vmm01.corp.example")[:] = [{"address": None, "port": None, "bypass": None}]
    return record
