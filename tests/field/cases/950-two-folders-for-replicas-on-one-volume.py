from tests.field.record import HV01, HV02, HV03, Record

SITUATION = r"""hv02 takes replicas from hv01 into D:\First and from hv03 into D:\Second. Either alone has room, and
both together have not: the second first copy fills the volume, and every replica there pauses."""
SOURCE = "Part G9, REP-07: what all sources bring is held against the room of the volume, not of a folder"
EXPECT = [("REP-07", HV02, "FAIL")]
VERDICT = "not ready"
SAYS = [r"still to be copied"]


def make() -> Record:
    record = Record(HV01, HV02, HV03, profiles=("replica",))
    record.estate["routes"] = [{"source": one, "destination": HV02, "storage": True} for one in (HV01, HV03)]
    for fact in ("ReplicaStorage", "ReplicationAuthorization"):
        record.put(fact, HV02, [])
    places = {HV01: "D:\\First", HV03: "D:\\Second"}
    record.put("ReplicaStorage", HV02, [{"primary": host, "location": place} for host, place in places.items()])
    record.put("ReplicationAuthorization", HV02, [{"primary": host, "group": "DEFAULT"} for host in places])
    there = [f"Microsoft.PowerShell.Core\\FileSystem::{place}" for place in places.values()]
    record.put("FolderAccess", HV02, [{"path": path, "access": "D:"} for path in there])
    sizes = [sum(row["size"] for row in record.rows("DiskFile", host)) for host in places]
    for row in record.rows("Volume", HV02):
        row["free"] = sum(sizes) - 1 if row["name"] == "D:\\" else row["free"]
    return record
