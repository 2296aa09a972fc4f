from tests.field.record import HV01, HV02, Record

SITUATION = """The source cloud holds the root of host groups, so that the only host of the target cloud is in both:
each cloud has a host, and nobody replicates to itself."""
SOURCE = "Part E1 item 5 with Hyper-V Replica, which needs a second host"
PAIR = "vmm01.corp.example/Primary/vmm01.corp.example/Recovery"
EXPECT = [("VMM-05", PAIR, "PASS"), ("VMM-07", PAIR, "FAIL"), ("VMM-12", PAIR, "PASS")]
VERDICT = "not ready"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    server = "vmm01.corp.example"
    for row in record.rows("Cloud", server):
        if row["name"] == "Primary":
            row["host_groups"] = ["All Hosts"]
    hosts = record.rows("VmmHost", server)
    hosts[:] = [{**row, "group": "All Hosts\\Recovery"} for row in hosts if row["name"] == HV02]
    return record
