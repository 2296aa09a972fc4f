from tests.field.networks import profile
from tests.field.record import HV01, HV02, Record

SITUATION = """The migration network leads to the internet; both hosts send memory by SMB. hv02 encrypts every share,
but lets in who does not encrypt. Both checks say so: it is no proof, and NET-01 fails."""
SOURCE = "part G, NET-04; D1: EncryptData counts with RejectUnencryptedAccess alone"
EXPECT = [("NET-04", HV02, "WARN"), ("NET-01", f"{HV01}/{HV02}", "FAIL")]
VERDICT = "not ready"


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate.update(trusted=[], routes=[{"source": HV01, "destination": HV02, "storage": True}])
    profile(record, HV02, 7, 0, 4)
    for host in (HV01, HV02):
        record.one("MigrationSettings", host).update(smb_transport=True, compression=False)
        record.one("VMHost", host)["performance"] = 2
    record.one("SmbServerConfiguration", HV02).update(encrypts=True, rejects_unencrypted=False)
    return record
