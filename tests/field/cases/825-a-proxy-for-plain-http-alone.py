from tests.field.record import HV01, HV02, Record
from tests.test_winhttp import settings

SITUATION = (
    """WinHTTP of hv01 goes through a proxy for http and directly for https. Replication with Kerberos is http."""
)
SOURCE = "netsh winhttp set proxy: a proxy for each scheme; Msvm_ReplicationSettingData.BypassProxyServer"
EXPECT = [("REP-13", f"{HV01}/{HV02}", "WARN"), ("REP-13", f"{HV02}/{HV01}", "PASS")]
VERDICT = "ready"
SAYS = [r"goes through proxy\.corp\.example:3128 to hv02"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("replica",))
    record.put("WinHttpProxy", HV01, [{"settings": settings("http=proxy.corp.example:3128")}])
    record.put("WinHttpProxy", HV02, [{"settings": settings("http=proxy.corp.example:3128", "*.corp.example")}])
    return record
