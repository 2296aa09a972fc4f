from scanner.facts.certificates import RevocationCheck
from tests.checks.common import certified
from tests.field.certified import put
from tests.field.record import HV01, HV02, HV03, Record

SITUATION = (
    """The replica host and a third one hold one address; its certificate, on its own port, tells whose it is."""
)
SOURCE = "G16.1 rule 2 (b): on a TLS port the certificate is the destination's"
EXPECT = [("RCH-06", f"{HV01}/{HV02}", "PASS"), ("RCH-06", f"{HV02}/{HV01}", "PASS")]
VERDICT = "ready"
SAYS: list[str] = []


def make() -> Record:
    record = Record(HV01, HV02, HV03, profiles=("replica",))
    record.estate["routes"] = [r for r in record.estate["routes"] if HV03 not in (r["source"], r["destination"])]
    record.estate["replica"].update(authentication="certificate")
    for source, host in ((HV01, HV02), (HV02, HV01)):
        put(record, {**certified.host(host), (RevocationCheck, host): [certified.REPLICATION]})
        record.replica(host, authentication=2, https_port=443)
        record.probed(source, f"{host}:443/tls", tls_outcome="Ok", certificate_subject=f"CN={host}, O=Corp")
    record.rows("IPAddress", HV03).extend(dict(row) for host in (HV01, HV02) for row in record.rows("IPAddress", host))
    return record
