from tests.field.record import HV01, HV11, Record

SITUATION = """hv01 and hv11 are in forests that trust each other both ways, and replicate by Kerberos. Hyper-V Manager
ends with 0x80090303 when replication is enabled; Enable-VMReplication on hv01 works."""
SOURCE = "Windows support team, Japan, 2025-11-04 (jpwinsup.github.io: Fail-hyperv-replica-cross-domain-setup)"
EXPECT = [("REP-02", f"{HV01}/{HV11}", "PASS"), ("REP-15", f"{HV01}/{HV11}", "WARN")]
VERDICT = "ready"
SAYS = [r"Enable replication in PowerShell on the primary host"]


def make() -> Record:
    return Record(HV01, HV11, profiles=("replica",))
