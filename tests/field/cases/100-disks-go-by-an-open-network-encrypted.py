from tests.field.networks import profile
from tests.field.record import HV01, HV02, Record

SITUATION = """Machines move with their disks. The name of hv02 leads to a network with a way to the internet, and hv02
encrypts every share and takes nothing else: disks are safe. Memory takes the isolated network, in clear, as it may."""
SOURCE = "D1: SMB encryption that is enforced; what it covers is what goes by SMB"
EXPECT = [("NET-01", f"{HV01}/{HV02}", "PASS")]
VERDICT = "ready"


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate["routes"] = [{"source": HV01, "destination": HV02, "storage": True}]
    profile(record, HV02, 4, 2, 4)
    record.one("SmbServerConfiguration", HV02).update(encrypts=True, rejects_unencrypted=True)
    return record
