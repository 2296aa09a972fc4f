from tests.field.record import HV01, HV02, Record
from tests.test_winhttp import settings

SITUATION = (
    """WinHTTP of every machine goes through a proxy, and the provider may use it; the direct way is open, too."""
)
SOURCE = "Microsoft Learn: set up disaster recovery to a secondary VMM site, step 3 (existing proxy settings)"
EXPECT = [("RCH-07", "", "UNKNOWN"), ("RCH-08", "", "UNKNOWN")]
VERDICT = "incomplete"
SAYS = [r"whether the provider does is not told"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    for machine in (HV01, HV02, "vmm01.corp.example"):
        record.put("WinHttpProxy", machine, [{"settings": settings("proxy.corp.example:8080", "<local>")}])
    return record
