from tests.field.record import HV01, HV02, Record
from tests.field.with_broker import with_broker

SITUATION = """hv02 is a node of a cluster. Replicas go to the name of its broker, which nobody tried; that the node
itself answers proves nothing."""
SOURCE = "Microsoft Learn: Hyper-V Replica Broker"
EXPECT = [("RCH-06", f"/{HV02}", "UNKNOWN"), ("RCH-06", f"/{HV01}", "PASS")]
VERDICT = "incomplete"
SAYS = [r"broker\.corp\.example:8083 was not probed"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("replica",))
    with_broker(record, HV02)
    return record
