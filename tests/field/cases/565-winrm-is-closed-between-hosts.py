from tests.field.networks import tried
from tests.field.record import HV01, HV02, Record

SITUATION = """The scan itself signs in by WinRM from its own machine, and a rule on the way keeps hosts from each
other's WinRM: that the destination was read proves nothing about the way from the source."""
SOURCE = "A8: probes must originate on the machine that will make the connection"
EXPECT = [("RCH-03", f"{HV01}/{HV02}", "FAIL"), ("RCH-03", f"{HV02}/{HV01}", "PASS")]
VERDICT = "not ready"
SAYS = [r"hv02\.corp\.example:5985: no answer"]


def make() -> Record:
    record = Record(HV01, HV02)
    for port in (5985, 5986):
        tried(record, HV01, f"{HV02}:{port}", "TimedOut")
    return record
