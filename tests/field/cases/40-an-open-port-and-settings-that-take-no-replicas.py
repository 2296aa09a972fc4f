from tests.field.record import HV01, HV02, Record

SITUATION = """Replica by certificate is planned. Port 443 of hv02 answers, but that is a management gateway: hv02's
own settings say that it takes no replicas."""
SOURCE = "Microsoft Learn: Hyper-V Replica, Get-VMReplicationServer"
EXPECT = [("RCH-06", f"/{HV02}", "FAIL")]
VERDICT = "not ready"
SAYS = [r"hv02\.corp\.example takes no replicas", r"Replication Configuration: enable it .* choose the certificate"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("replica",))
    record.estate["replica"]["authentication"] = "certificate"
    record.replica(HV02, enabled=False, authentication=0)
    record.probed(HV01, f"{HV02}:443")
    return record
