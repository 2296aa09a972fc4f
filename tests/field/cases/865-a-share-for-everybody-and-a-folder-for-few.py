from tests.field.cluster import FS01, PROVIDER, on_share
from tests.field.record import HV01, HV02, Record

SITUATION = """VMM runs as the machine itself. The export share gives Everyone all rights, as is the custom, and the
folder behind it Administrators alone: what counts is what both grant."""
SOURCE = "S4, Prepare for offline initial replication: NTFS and share permissions"
EXPECT = [("SHR-01", "export", "FAIL"), ("SHR-02", "export", "WARN"), ("SHR-03", "export", "FAIL"),
          ("SHR-05", "export", "PASS")]  # fmt: skip
VERDICT = "not ready"
SAYS = [r"VMM01\$ has not Full Control", r"icacls 'E:\\R' /grant"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    path = {"path": rf"\\{FS01}\export"}
    record.estate["offline"] = {"export": path, "import_": path}
    on_share(record)
    (share,) = (row for row in record.rows("SmbShare", FS01) if row["name"] == "Replicas")
    share.update(name="export", access="D:(A;;FA;;;WD)")
    record.put("FolderAccess", FS01, [{"path": f"{PROVIDER}E:\\R", "access": "D:PAI(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)"}])
    services = record.rows("Service", "vmm01.corp.example")
    services[:] = [row for row in services if row["name"] != "SCVMMService"]
    services.append({**services[0], "name": "SCVMMService", "start_name": "LocalSystem"})
    record.one("VmmServer", "vmm01.corp.example")["service_account"] = "LocalSystem"
    record.put("Service", FS01, [dict(row) for row in services if row["name"] != "SCVMMService"])
    return record
