from tests.field.networks import profile
from tests.field.record import HV01, HV02, Record

SITUATION = """The migration network leads to the internet. The raw settings of both hosts say SMB, and hv02 encrypts
every share; the Hyper-V module says compression of hv01, in clear. Which of the two counts nobody can tell."""
SOURCE = "G16.1 rule 3; cases 42, 72, 91"
EXPECT = [("NET-01", f"{HV01}/{HV02}", "UNKNOWN")]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate.update(trusted=[], routes=[{"source": HV01, "destination": HV02, "storage": True}])
    profile(record, HV02, 7, 0, 4)
    for host in (HV01, HV02):
        record.one("MigrationSettings", host).update(smb_transport=True, compression=False)
        record.one("VMHost", host)["performance"] = 1
    record.one("SmbServerConfiguration", HV02).update(encrypts=True, rejects_unencrypted=True)
    return record
