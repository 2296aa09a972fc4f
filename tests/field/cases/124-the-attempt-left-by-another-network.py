from tests.field.networks import tried
from tests.field.record import HV01, HV02, Record

SITUATION = """hv01 and hv02 have addresses in one migration network by their subnets, yet the attempt of hv01 left by
its management network (its local address is 10.77.11.1): the cable leads elsewhere, and a router passes it on. The move
works; that 10.20.0.1 and 10.20.0.2 are neighbours nobody saw."""
SOURCE = "G16.1 rule 3: subnet arithmetic outweighs no attempt; LM-11: WARN where a router carries it"
EXPECT = [("LM-11", f"{HV01}/{HV02}", "WARN")]
VERDICT = "ready"
SAYS = [r"reaches 10\.20\.0\.2 from 10\.77\.11\.1"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate["routes"] = [{"source": HV01, "destination": HV02, "storage": True}]
    tried(record, HV01, "10.20.0.2:6600", local="10.77.11.1")
    return record
