from tests.field.record import HV01, HV02, Record

SITUATION = """hv02's own record says that it takes replicas, the module that it does not: it was switched off a
moment ago. The port still answers."""
SOURCE = "Microsoft Learn: Hyper-V Replica, Get-VMReplicationServer"
EXPECT = [("RCH-06", f"/{HV02}", "not PASS")]
VERDICT = "not ready|incomplete"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("replica",))
    record.one("ReplicaBrokerSettings", HV02)["enabled"] = False
    return record
