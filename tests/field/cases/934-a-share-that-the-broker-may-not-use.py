from tests.field.cluster import on_share
from tests.field.record import HV01, HV02, Record
from tests.field.with_broker import with_broker

SITUATION = """The share for replicas names the account of the node, and not that of the broker, which makes the first
folders there."""
SOURCE = "Microsoft virtualization blog 2013-06-14, Using SMB shares with Hyper-V Replica; G16.4 REP-07"
EXPECT = [("REP-07", HV02, "FAIL")]
VERDICT = "not ready"
SAYS = [r"BROKER\$ may not write on the share Replicas"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("replica",))
    record.estate["routes"] = [{"source": HV01, "destination": HV02, "storage": True}]
    with_broker(record, HV02)
    record.put("BrokerStorage", HV02, [{"primary": "*", "location": r"\\fs01.corp.example\Replicas"}])
    own, *_ = record.accounts("HV02$")
    on_share(record, own["sid"])
    named = {"sam_name": "BROKER$", "dns_name": "broker.corp.example", "sid": own["sid"] + "9"}
    record.put("NamedAccount", "corp.example", [{**own, **named, "dn": "CN=BROKER,DC=corp,DC=example"}])
    return record
