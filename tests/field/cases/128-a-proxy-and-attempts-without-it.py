from tests.field.record import HV01, HV02, Record

SITUATION = """The estate names a proxy. The attempts at the endpoints connected, and no proxy answered any CONNECT
(ProxyStatus is null): they went another way than the provider will."""
SOURCE = "RFC 9110, 9.3.6: any 2xx to CONNECT makes a tunnel; the attempt takes 200 alone"
EXPECT = [("RCH-07", "", "UNKNOWN")]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    record.estate["site_recovery"]["proxy"] = "proxy.corp.example:8080"
    return record
