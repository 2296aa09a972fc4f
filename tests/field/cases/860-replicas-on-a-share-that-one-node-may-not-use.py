from tests.field.cluster import node, on_share
from tests.field.record import HV01, HV02, HV03, Record

SITUATION = """hv02 is a node of a cluster that keeps replicas on a share, which names the account of another node
alone. What hv02 receives is refused (0x80070005)."""
SOURCE = "Microsoft virtualization blog 2013-06-14, Using SMB shares with Hyper-V Replica; G16.4 REP-07"
EXPECT = [("REP-07", HV02, "FAIL")]
VERDICT = "not ready"
SAYS = [r"HV02\$ may not write on the share Replicas"]


def make() -> Record:
    record = Record(HV01, HV02, HV03, profiles=("replica",))
    record.estate["routes"] = [{"source": HV01, "destination": HV02, "storage": True}]
    node(record, HV02, r"\\fs01.corp.example\Replicas")
    (account,) = {row["sid"] for row in record.accounts("HV03$")}
    on_share(record, account)
    return record
