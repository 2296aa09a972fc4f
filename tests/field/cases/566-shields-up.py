from tests.field.networks import tried
from tests.field.record import HV01, HV02, Record

SITUATION = """Hyper-V's rule is active, and "block all incoming connections, including those in the list of allowed
apps" is ticked for the private profile: no rule counts."""
SOURCE = "MS-GPFAS: DoNotAllowExceptions; command plan W04"
EXPECT = [("RCH-05", f"{HV01}/{HV02}", "FAIL")]
VERDICT = "not ready"
SAYS = [r"keeps out all, whatever rules allow", r"^(?!(?:.|\n)*lets it in: VIRT-MIGL)"]


def make() -> Record:
    record = Record(HV01, HV02)
    for row in record.rows("FirewallProfile", HV02):
        row["no_exceptions"] = int(row["path"].endswith("StandardProfile"))
    tried(record, HV01, "10.20.0.2:6600", "TimedOut")
    return record
