from tests.field.record import HV01, HV02, Record

SITUATION = """As before, and nobody says that the provider's sign-in was taken."""
SOURCE = "Microsoft Learn: set up disaster recovery to a secondary VMM site, step 3 (DRAProxyAccount)"
EXPECT = [("RCH-07", "", "UNKNOWN"), ("RCH-08", "", "UNKNOWN")]
VERDICT = "incomplete"
SAYS = [r"nobody tried one"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    record.estate["site_recovery"]["proxy"] = "proxy.corp.example:8080"
    record.to_site_recovery(outcome="ProxyRefused", proxy_status=407, tls_outcome=None, certificate_issuer=None)
    return record
