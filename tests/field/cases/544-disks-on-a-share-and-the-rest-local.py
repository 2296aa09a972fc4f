from tests.field.record import HV01, HV02, HV03, Record

SITUATION = """The virtual disks lie on a file server, so the plan leaves storage. Configuration, checkpoints and smart
paging are where Hyper-V puts them by itself: on C: of the source."""
SOURCE = """Microsoft, Virtual Machine Live Migration Overview (2012): all files that comprise a machine are on a share;
Live Migration Without Shared Storage (2012): to move only the machine, its virtual hard disks are on shared storage"""
EXPECT = [("VM-09", f"{HV01}/", "UNKNOWN"), ("VM-09", f"{HV02}/", "WARN")]
VERDICT = "not ready"
SAYS = [r"ProgramData.* local, and the plan leaves storage"]


def make() -> Record:
    record = Record(HV01, HV02)
    for route in record.estate["routes"]:
        route["storage"] = False
    record.on_share(HV01, rf"\\{HV03}\vms", folders=False)
    return record
