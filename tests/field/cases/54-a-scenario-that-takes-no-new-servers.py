from tests.field.record import HV01, HV02, Record

SITUATION = """Everything is right, a fresh key lies there, and the scenario has taken no new VMM servers for years.
There are no routes yet; the hosts must reach the endpoints all the same."""
SOURCE = "Azure documentation: scvmm-site-recovery-deprecation"
EXPECT = [("ASR-01", "", "FAIL"), ("RCH-08", "", "PASS")]
VERDICT = "not ready"
SAYS = [r"closed to new VMM servers since November 2019"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    record.estate["site_recovery"]["closed_scenario"] = ""
    record.estate["routes"] = []
    return record
