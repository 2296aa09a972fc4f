from tests.field.record import HV01, HV02, Record
from tests.field.with_broker import AT, with_broker

SITUATION = """The name of hv02 leads to its own address and to the replica broker's of its cluster, which another node
holds now. A move to that name may meet the other node."""
SOURCE = "G16.4 ID-07: a broker's address counts as an address of its cluster; G16.1 rule 2"
EXPECT = [("ID-07", f"{HV01}/{HV02}", "UNKNOWN")]
VERDICT = "not ready|incomplete"
SAYS = [r"the replica broker's in its cluster; which node is met is not known"]


def make() -> Record:
    record = Record(HV01, HV02)
    with_broker(record, HV02)
    for row in record.rows("EndpointProbe", HV01):
        if row["target"] in (f"{HV02}:445", "hv02:445"):
            row["addresses"] = [*row["addresses"], AT]
    return record
