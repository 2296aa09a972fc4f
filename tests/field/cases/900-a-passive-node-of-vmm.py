from tests.field.record import HV01, HV02, Record

SITUATION = """VMM is highly available on two nodes, both of which the estate names. On vmm02 its service is stopped, as
on every passive node, and Get-SCVMMServer ends with error 1602. vmm01 answers. Nothing is wrong."""
SOURCE = "microsoft/AzureArcSCVMMTSG, PSSessionGet-SCVMMServer.md (error 1602); replica-vmm-cases 18"
VMM01, VMM02 = "vmm01.corp.example", "vmm02.corp.example"
EXPECT = [
    ("VMM-01", VMM01, "PASS"),
    ("VMM-01", VMM02, "NOT_APPLICABLE"),
    ("VMM-02", VMM01, "PASS"),
    ("VMM-02", VMM02, "NOT_APPLICABLE"),
]
VERDICT = "ready"
SAYS = [r"a passive node: vmm01\.corp\.example answers in its place"]


def make(*, answers: bool = True) -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    record.estate["vmm_servers"] = [VMM01, VMM02]
    for answer in [a for a in record.data["answers"] if a["target"] == VMM01]:
        record.data["answers"].append({**answer, "target": VMM02, "rows": [dict(row) for row in answer["rows"]]})
    system = record.one("ComputerSystem", VMM02)
    system.update(name="VMM02", dns_host_name="vmm02")
    cluster = {"name": "VMMCLU", "fqdn": "vmmclu.corp.example", "functional_level": 9}
    for server in (VMM01, VMM02):
        record.rows("ClusterInfo", server).append(dict(cluster))
    for server in (VMM02,) if answers else (VMM01, VMM02):
        service = next(row for row in record.rows("Service", server) if row["name"] == "SCVMMService")
        service.update(state="Stopped", start_mode="Manual", process_id=0)
        for fact in {a["fact"] for a in record.data["answers"] if a["target"] == server and a["fact"] in OF_VMM}:
            record.gap(fact, server, "not collected", "service SCVMMService is Stopped")
    for row in record.rows("VmmServer", VMM01) if answers else ():
        row.update(highly_available=True, nodes=["vmm01", "vmm02"], active_node="vmm01")
    return record


OF_VMM = (
    *("VmmServer", "Cloud", "VmmHostGroup", "VmmHost", "RunAsAccount", "VmmVirtualMachine", "VmmAdapter"),
    *("VmNetwork", "LogicalNetwork", "StorageClassification"),
)
