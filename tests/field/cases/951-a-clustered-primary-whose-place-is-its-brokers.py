from tests.field.record import HV01, HV02, Record

SITUATION = r"""hv01 is a node, and hv02 takes from its cluster's broker, into a folder that is not there. The node's
own name stands in no entry: who looks for that finds no place to judge, and nothing against it."""
SOURCE = (
    "Microsoft virtualization blog 2012-04-09: a clustered primary sends in its broker's name; G16.4 REP-06, REP-07"
)
EXPECT = [("REP-07", HV02, "FAIL")]
VERDICT = "not ready"
SAYS = [r"there is no folder D:\\Gone"]
BROKER, NETWORK = "p-broker.corp.example", "11111111-1111-1111-1111-111111111111"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("replica",))
    record.estate["routes"] = [route for route in record.estate["routes"] if route["source"] == HV01]
    record.put("ClusterInfo", HV01, [{"name": "CL-P", "fqdn": "cl-p.corp.example", "functional_level": 10}])
    kinds = {"22222222-2222-2222-2222-222222222222": "Virtual Machine Replication Broker", NETWORK: "Network Name"}
    words = {"state": 2, "group": "HVR-Broker", "owner": "HV01"}
    record.put("ClusterResource", HV01, [{"id": i, "name": kind, "kind": kind, **words} for i, kind in kinds.items()])
    key = rf"Microsoft.PowerShell.Core\Registry::HKEY_LOCAL_MACHINE\Cluster\Resources\{NETWORK}\Parameters"
    given = {"path": key, "name": "P-BROKER", "dns_name": "p-broker", "address": None, "by_dhcp": None}
    record.put("ClusterParameters", HV01, [given])
    record.put("ReplicaStorage", HV02, [{"primary": BROKER, "location": "D:\\Gone"}])
    record.put("ReplicationAuthorization", HV02, [{"primary": BROKER, "group": "DEFAULT"}])
    return record
