from tests.field.record import HV01, HV02, Record

SITUATION = """Kerberos is planned, and port 80 of hv02 answers: a web server. hv02 takes replicas by certificate
only. What it takes already must stay allowed when Kerberos is added."""
SOURCE = "Microsoft Learn: Hyper-V Replica, Get-VMReplicationServer"
EXPECT = [("RCH-06", f"/{HV02}", "FAIL"), ("RCH-06", f"/{HV01}", "PASS")]
VERDICT = "not ready"
SAYS = [r"takes replicas by certificate only", r"allow Kerberos and certificate"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("replica",))
    record.replica(HV02, authentication=2, http_port=80)
    record.probed(HV01, f"{HV02}:80")
    return record
