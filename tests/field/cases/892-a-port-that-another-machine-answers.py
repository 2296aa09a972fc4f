from tests.field.record import HV01, HV02, Record

SITUATION = (
    """The name of the VMM server leads the console to another machine, on which something listens on 8100, too."""
)
SOURCE = "Rule: an address counts as a machine's only if it leads there"
EXPECT = [("RCH-10", "vmm01", "UNKNOWN")]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    record.estate.update(started_from="admin01.corp.example")
    for row in record.rows("EndpointProbe", "admin01.corp.example"):
        row.update(remote="10.77.99.99")
    return record
