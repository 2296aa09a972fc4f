from tests.field.cluster import node
from tests.field.record import HV01, HV02, Record

SITUATION = r"""hv02 is a node, and replicas go to D:\Replica, which is there and has room: on this node alone. After a
failover of the role the broker finds no file."""
SOURCE = "Microsoft virtualization blog 2012-04-09: on a cluster only a CSV or a share can be provided; G16.4 REP-07"
EXPECT = [("REP-07", HV02, "FAIL")]
VERDICT = "not ready"
SAYS = [r"never with -ComputerName"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("replica",))
    record.estate["routes"] = [route for route in record.estate["routes"] if route["source"] == HV01]
    node(record, HV02, "D:\\Replica")
    return record
