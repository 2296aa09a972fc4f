from tests.field.record import HV01, HV02, Record

SITUATION = """hv02 takes replicas from hv*.corp.example, as somebody hoped that it would mean all hosts."""
SOURCE = (
    "Microsoft Learn: New-VMReplicationAuthorizationEntry; virtualization blog 2012-04-09: * as the first label only"
)
EXPECT = [("REP-06", f"{HV01}/{HV02}", "FAIL"), ("REP-06", f"{HV02}/{HV01}", "PASS")]
VERDICT = "not ready"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("replica",))
    record.put("ReplicationAuthorization", HV02, [{"primary": "hv*.corp.example", "group": "DEFAULT"}])
    record.one("ReplicaEntries", HV02).update(from_any=False, texts=["hv*.corp.example|D:\\Replica|DEFAULT"])
    return record
