from tests.field.cluster import node
from tests.field.record import HV01, HV02, Record

SITUATION = """web-01 was imported on hv02, a node, so that the first copy need not be sent, and nobody made it a role
of the cluster: Replica refuses it (event 29410)."""
SOURCE = "Microsoft virtualization blog 2013-08-27, Using an existing VM for initial replication; G16.3 VM-14"
ID = "8eb1f3b8"
EXPECT = [("VM-14", f"{HV01}/{ID}", "FAIL"), ("VM-14", f"{HV01}/29701c91", "PASS")]
VERDICT = "not ready"
SAYS = [r"event 29410"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("replica",))
    record.estate["routes"] = [route for route in record.estate["routes"] if route["source"] == HV01]
    node(record, HV02, "C:\\ClusterStorage\\Volume1")
    (row,) = (
        row
        for row in record.rows("VirtualMachineSettings", HV01)
        if ID in row["instance_id"].lower() and "Realized" in row["system_type"]
    )
    record.rows("VirtualMachineSettings", HV02).append(dict(row))
    states = record.rows("VirtualMachineState", HV02)
    states.append({**states[0], "name": row["vm_identifier"], "element_name": row["name"], "enabled_state": 3})
    told = {"id": row["vm_identifier"], "state": 3, "operational_status": [2], "clustered": False, "assigned": 0}
    record.put("VmRuntime", HV02, [told])
    return record
