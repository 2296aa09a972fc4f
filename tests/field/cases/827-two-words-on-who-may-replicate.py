from tests.field.record import HV01, HV02, Record

SITUATION = """hv02's own record names every server, and its module says that only hv09 may replicate there: the list
was changed a moment ago, or on another machine of the name."""
SOURCE = "Get-VMReplicationServer: ReplicationAllowedFromAnyServer is computed from the entries"
EXPECT = [("REP-06", f"{HV01}/{HV02}", "UNKNOWN")]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("replica",))
    record.one("ReplicaEntries", HV02).update(from_any=False, texts=["hv09.corp.example|D:\\Replica|DEFAULT"])
    return record
