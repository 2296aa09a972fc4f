from tests.field.record import HV01, HV02, Record

SITUATION = """Port 8085 is planned, and something answers there. hv02 takes replicas on 8083, from other primary
hosts, too: a command that moved the port would cut them off."""
SOURCE = "Microsoft Learn: Hyper-V Replica, Get-VMReplicationServer"
EXPECT = [("RCH-06", f"/{HV02}", "FAIL")]
VERDICT = "not ready"
SAYS = [r"takes replicas on port 8083", r"Plan the port that hv02\.corp\.example has"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("replica",))
    record.estate["replica"]["port"] = 8085
    record.replica(HV01, http_port=8085)
    record.probed(HV01, f"{HV02}:8085")
    record.probed(HV02, f"{HV01}:8085")
    return record
