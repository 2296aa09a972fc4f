from tests.field.record import HV01, HV02, Record

SITUATION = """Moves are started on the source. The settings of both hosts say CredSSP, the Hyper-V module says Kerberos
of hv02. If the module is right, the two do not sign in alike, and every move is refused."""
SOURCE = "Set-VMHost -VirtualMachineMigrationAuthenticationType: the same on both hosts"
EXPECT = [("LM-02", f"{HV01}/{HV02}", "UNKNOWN")]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate["remote_initiated"] = False
    for host in (HV01, HV02):
        record.one("MigrationSettings", host)["authentication"] = 0
    record.one("VMHost", HV01)["authentication"] = 0
    record.one("VMHost", HV02)["authentication"] = 1
    return record
