from tests.field.record import HV01, HV02, Record

SITUATION = """hv02 was taken out of a cluster, and still puts virtual disks below C:\\ClusterStorage. No such volume is
listed there; the room of drive C, on which that folder seems to lie, says nothing of it."""
SOURCE = "Microsoft Learn: Use Cluster Shared Volumes in a failover cluster (volumes appear below ClusterStorage)"
EXPECT = [("HOST-09", f"{HV01}/{HV02}", "UNKNOWN"), ("HOST-09", f"{HV02}/{HV01}", "PASS")]
VERDICT = "incomplete"
SAYS = [r"none is listed that holds C:\\ClusterStorage\\Volume1\\Disks"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.one("StorageDefaults", HV02)["disks"] = "C:\\ClusterStorage\\Volume1\\Disks"
    return record
