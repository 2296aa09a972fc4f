from tests.field.record import HV01, HV02, Record

SITUATION = """Site Recovery makes the hosts listen when the settings of the cloud are saved. Until then the port is
refused, and that a refusal comes back shows that nothing on the way swallows it."""
SOURCE = "Microsoft Learn: set up disaster recovery to a secondary VMM site, step 4"
EXPECT = [("RCH-06", "", "WARN")]
VERDICT = "ready"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    record.estate["replica"].update(configured=False, port=8083)
    for source, host in ((HV01, HV02), (HV02, HV01)):
        record.replica(host, enabled=False)
        record.probed(source, f"{host}:8083", "Refused")
    return record
