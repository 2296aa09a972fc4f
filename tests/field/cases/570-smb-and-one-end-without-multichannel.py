from tests.field.record import HV01, HV02, Record

SITUATION = """Both hosts have RDMA on the migration network and send memory by SMB. SMB Multichannel was turned off
on the server side of hv02: without it the client never learns of the other's RDMA, and SMB Direct is not used."""
SOURCE = "S0 table, SMB row: SMB Direct where both adapters have RDMA, Multichannel; D3"
EXPECT = [
    ("LM-05", f"{HV01}/{HV02}", "WARN"),
    ("NET-07", HV02, "WARN"),
    ("NET-07", HV01, "PASS"),
    ("LM-04", f"{HV01}/{HV02}", "PASS"),
]
VERDICT = "ready"
SAYS = [r"SMB Multichannel is off"]


def make() -> Record:
    record = Record(HV01, HV02)
    for host in (HV01, HV02):
        record.one("MigrationSettings", host).update(smb_transport=True, compression=False)
        record.one("VMHost", host)["performance"] = 2
        for row in record.rows("SmbAdapter", host):
            row["rdma"] = True
    record.one("SmbServerConfiguration", HV02)["multichannel"] = False
    return record
