from tests.field.record import HV01, HV02, Record

SITUATION = """Neither host is in a domain, and replication is planned with certificates, which need none. A planned
failover from Hyper-V Manager needs TrustedHosts on both."""
SOURCE = "askcorejp 2017-02-24: reverse replication in a work group needs the partner in TrustedHosts"
EXPECT = [("REP-02", f"{HV01}/{HV02}", "PASS"), ("REP-15", f"{HV01}/{HV02}", "WARN")]
VERDICT = "ready|incomplete|not ready"
SAYS = [r"TrustedHosts on both"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("replica",))
    record.estate["replica"] = {**record.estate["replica"], "authentication": "certificate"}
    for host in (HV01, HV02):
        record.one("ComputerSystem", host).update(domain="WORKGROUP", part_of_domain=False, domain_role=2)
        record.proof(host, "certificate")
        record.replica(host, authentication=2)
    return record
