from tests.field.record import HV01, HV02, Record

SITUATION = """Hosts replicate already by Hyper-V Replica on port 80. Site Recovery has yet to set them up and will
give them 8083 (no other port is planned), which a firewall on the way swallows. That port 80 connects says nothing
of it."""
SOURCE = "Microsoft Learn: set up disaster recovery to a secondary VMM site, step 4 (ports 8083 and 8084)"
EXPECT = [("RCH-06", f"{HV01}/{HV02}", "FAIL")]
VERDICT = "not ready"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    record.estate["replica"].update(configured=False)
    for source, host in ((HV01, HV02), (HV02, HV01)):
        record.replica(host, http_port=80)
        record.probed(source, f"{host}:80")
        record.probed(source, f"{host}:8083", "TimedOut", remote=None, local=None)
    return record
