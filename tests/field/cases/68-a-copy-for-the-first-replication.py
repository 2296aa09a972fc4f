from tests.field.record import HV01, HV02, Record

SITUATION = """web-01 was exported to a disk and imported on hv02, so that the first replication need not send it over
the line. It is off there and replicates nothing yet."""
SOURCE = (
    "Microsoft Learn: Set up Hyper-V Replica, use an existing virtual machine on the Replica server as the initial copy"
)
ID = "8eb1f3b8"
EXPECT = [("VM-14", f"{HV01}/{ID}", "WARN"), ("VM-14", f"{HV01}/29701c91", "PASS")]
VERDICT = "ready"
SAYS = [r"usable as initial copy only"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("replica",))
    record.estate["routes"] = [route for route in record.estate["routes"] if route["source"] == HV01]
    (row,) = (
        row
        for row in record.rows("VirtualMachineSettings", HV01)
        if ID in row["instance_id"].lower() and "Realized" in row["system_type"]
    )
    record.rows("VirtualMachineSettings", HV02).append(dict(row))
    states = record.rows("VirtualMachineState", HV02)
    states.append({**states[0], "name": row["vm_identifier"], "element_name": row["name"], "enabled_state": 3})
    return record
