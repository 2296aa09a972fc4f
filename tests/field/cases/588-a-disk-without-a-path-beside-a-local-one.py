from tests.field.record import HV01, HV02, Record

SITUATION = """The plan leaves storage where it is. One disk of a machine lies on a volume of hv01, of another nobody
tells the path: it may lie on a file server to which nobody delegated anything."""
SOURCE = "part G, VM-09 (an empty path)"
EXPECT = [("VM-09", f"{HV01}/", "UNKNOWN|WARN"), ("VM-09", f"{HV02}/", "WARN")]
VERDICT = "incomplete"
SAYS = [r"tells no path of a virtual disk of this machine"]


def make() -> Record:
    record = Record(HV01, HV02)
    for route in record.estate["routes"]:
        route["storage"] = False
    disk = record.rows("VmStorage", HV01)[0]
    record.rows("VmStorage", HV01).append({**disk, "instance_id": disk["instance_id"] + "2", "paths": []})
    return record
