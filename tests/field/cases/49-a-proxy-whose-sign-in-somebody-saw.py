from tests.field.record import HV01, HV02, Record

SITUATION = """The proxy answers 407. No attempt bears a password; the estate says who saw the provider sign in, and
when."""
SOURCE = "Microsoft Learn: set up disaster recovery to a secondary VMM site, step 3 (DRAProxyAccount)"
EXPECT = [("RCH-07", "", "PASS"), ("RCH-08", "", "PASS")]
VERDICT = "ready"
SAYS = [r"by the estate, Jane Doe saw it take the provider's sign-in on 2026-11-20"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    record.estate["site_recovery"].update(proxy="proxy.corp.example:8080", proxy_signs_in="2026-11-20 Jane Doe")
    record.to_site_recovery(outcome="ProxyRefused", proxy_status=407, tls_outcome=None, certificate_issuer=None)
    return record
