from tests.field.record import HV01, HV02, Record

SITUATION = r"""The cluster service of hv01 runs, which it does on nodes alone (elsewhere it is disabled), and its
machines lie on C:\ClusterStorage; the namespace of the cluster shows no row, as to an account that may not look."""
SOURCE = "Rule: an empty list where a row always exists is no empty list; nodes alone have C:\\ClusterStorage"
EXPECT = [("CLU-01", HV01, "UNKNOWN")]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02)
    like = record.rows("Service", HV01)[0]
    record.rows("Service", HV01).append({**like, "name": "ClusSvc", "state": "Running", "start_mode": "Auto"})
    for row in record.rows("VmStorage", HV01):
        row["paths"] = [path.replace("D:\\VMs", r"C:\ClusterStorage\Volume1") for path in row["paths"]]
    return record
