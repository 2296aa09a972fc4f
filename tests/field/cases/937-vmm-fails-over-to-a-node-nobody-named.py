from tests.field.record import HV01, HV02, Record

SITUATION = """The cluster was asked while a node was evicted and tells one node alone. VMM itself still lists two on
which it runs, and nobody looked whether the provider is on the other."""
SOURCE = "S4, step 3: on a VMM cluster install the provider on every node; FailoverVMMNodes of Get-SCVMMServer"
EXPECT = [("CLU-05", "vmmcl.corp.example", "UNKNOWN")]
VERDICT = "not ready|incomplete"
SAYS = [r"vmm09: node of the cluster, and no \[\[vmm\]\] of the estate"]
VMM = "vmm01.corp.example"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    record.put("ClusterInfo", VMM, [{"name": "VMMCL", "fqdn": "vmmcl.corp.example", "functional_level": 10}])
    record.put("ClusterNode", VMM, [{"name": "VMM01", "state": 0}])
    record.one("VmmServer", VMM).update(highly_available=True, nodes=["vmm01", "vmm09"], active_node="vmm01")
    return record
