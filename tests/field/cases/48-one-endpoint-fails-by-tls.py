from tests.field.record import HV01, HV02, Record

SITUATION = """Every endpoint of Site Recovery takes connections; to one of them TLS 1.2 fails. Each is needed: no
registration works."""
SOURCE = (
    "Microsoft Learn: set up disaster recovery to a secondary VMM site, step 3 (URL list); TLS 1.2 in Site Recovery"
)
EXPECT = [("RCH-07", "", "FAIL"), ("RCH-08", "", "FAIL")]
VERDICT = "not ready"
SAYS = [r"pod01\.corp\.example: connected, but TLS 1\.2 failed"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    record.to_site_recovery("pod01", tls_outcome="Failed", certificate_issuer=None)
    return record
