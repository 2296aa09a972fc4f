from tests.field.record import HV01, HV02, Record

SITUATION = """The estate says that machines go to the internet directly, and every direct attempt succeeds; the
provider on the VMM server was set to a proxy that is long gone."""
SOURCE = "Rule: evidence at hand that contradicts a PASS forbids it; Microsoft Learn, step 3, proxy"
EXPECT = [("RCH-09", "vmm01", "FAIL"), ("RCH-07", "vmm01", "UNKNOWN"), ("RCH-09", HV01, "PASS")]
VERDICT = "not ready"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    record.estate["site_recovery"].update(proxy="direct")
    rows = record.rows("AsrProxySettings", "vmm01.corp.example")
    rows[:] = [{"address": "http://gone.corp.example", "port": "8080", "bypass": None}]
    return record
