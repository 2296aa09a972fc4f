from tests.field.record import HV01, HV02, Record

SITUATION = """The names of Site Recovery lead to hv01 itself (a line in its hosts file): local and remote address
of the attempt are one."""
SOURCE = "Rule: a probe whose local and remote address are equal met itself"
EXPECT = [("RCH-08", HV01, "UNKNOWN")]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    for row in record.rows("EndpointProbe", HV01):
        if row["target"].endswith("/tls"):
            row.update(remote="10.77.11.1", local="10.77.11.1", addresses=["10.77.11.1"])
    return record
