from tests.field.record import HV01, HV02, Record

SITUATION = """Both hosts have an adapter with RDMA, hv01 the one of the migration network, hv02 that of management
traffic: no two of them meet, and memory goes over TCP on a link of 1 Gbit/s."""
SOURCE = "S0 table, SMB row: SMB Direct where the adapters of both hosts have RDMA"
EXPECT = [("LM-05", f"{HV01}/{HV02}", "WARN")]
VERDICT = "ready"
SAYS = [r"RDMA on hv01\.corp\.example alone; 1 Gbit/s"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate["routes"] = [{"source": HV01, "destination": HV02, "storage": True}]
    for host, wanted in ((HV01, 7), (HV02, 4)):
        record.one("MigrationSettings", host).update(smb_transport=True, compression=False)
        record.one("VMHost", host)["performance"] = 2
        for row in record.rows("SmbAdapter", host):
            row.update(rdma=row["interface"] == wanted, speed=10**9)
    return record
