from tests.field.record import HV01, HV02, Record

SITUATION = """The account reads Windows on a replica server, and not its settings of Hyper-V: whom it takes replicas
from is refused. Its port is open, and the last run was green."""
SOURCE = "Rule: a refused right is UNKNOWN, and says which it was"
EXPECT = [("REP-01", HV02, "UNKNOWN"), ("REP-06", f"{HV01}/{HV02}", "UNKNOWN")]
VERDICT = "incomplete"
SAYS = [r"access denied \(Get-CimInstance: access denied; it takes an administrator of the machine\)"]
REFUSED = ("ReplicationServer", "ReplicaBrokerSettings", "ReplicationAuthorization", "ReplicaEntries")


def make() -> Record:
    record = Record(HV01, HV02, profiles=("replica",))
    for fact in REFUSED:
        denied = "Get-CimInstance: access denied; it takes an administrator of the machine"
        record.gap(fact, HV02, "access denied", denied)
    return record
