from tests.field.record import HV01, HV02, Record

SITUATION = """hv01 runs Windows Server 2019, was named in small letters by its setup, and sends memory by SMB: moves
end with 0x80042001. hv02 runs 2016 with the same name and option, and nobody reported that it fails."""
SOURCE = "Microsoft Learn: troubleshoot live migration issues (SMB and the computer name in the registry)"
EXPECT = [("HOST-10", HV01, "FAIL"), ("HOST-10", HV02, "WARN")]
VERDICT = "not ready"
SAYS = [r"ComputerName is hv01 \(build 17763\)"]


def make() -> Record:
    record = Record(HV01, HV02)
    for host in (HV01, HV02):
        record.one("StoredName", host)["name"] = host.partition(".")[0]
        record.one("MigrationSettings", host).update(smb_transport=True, compression=False)
        record.one("VMHost", host)["performance"] = 2
    return record
