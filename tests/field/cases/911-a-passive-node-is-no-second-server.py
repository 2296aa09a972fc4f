from tests.field.record import HV01, HV02, Record

SITUATION = """The estate names both nodes of a highly available VMM, and the passive one does not answer: that is one
server, which needs two clouds, and has one."""
SOURCE = "Field case 18 of Replica and VMM: an HA cluster is one server"
ACTIVE, PASSIVE = "vmm01.corp.example", "vmm02.corp.example"
EXPECT = [("VMM-03", ACTIVE, "FAIL"), ("VMM-03", PASSIVE, "NOT_APPLICABLE")]
VERDICT = "not ready"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    record.estate["vmm_servers"] = [ACTIVE, PASSIVE]
    record.estate["cloud_pairs"] = []
    server = record.one("VmmServer", ACTIVE)
    server.update(highly_available=True, nodes=["vmm01", "vmm02"], active_node="vmm01")
    del record.rows("Cloud", ACTIVE)[1:]
    record.rows("ClusterInfo", ACTIVE)[:] = [{"name": "VMMCLU", "fqdn": "vmmclu.corp.example", "functional_level": 9}]
    for answer in [a for a in record.data["answers"] if a["target"] == ACTIVE]:
        if answer["fact"] in ("Service", "ClusterInfo", "ComputerSystem", "OperatingSystem"):
            rows = [{**row} for row in answer["rows"]]
            for row in rows:
                if answer["fact"] == "ComputerSystem":
                    row.update(name="VMM02", dns_host_name="vmm02")
                if row.get("name") == "SCVMMService":
                    row.update(state="Stopped", start_mode="Manual")
            record.data["answers"].append({**answer, "target": PASSIVE, "rows": rows})
    record.gap("VmmServer", PASSIVE, "not collected", "error 1602")
    return record
