from tests.field.networks import profile
from tests.field.record import HV01, HV02, Record

SITUATION = """Machines move with their disks. Memory takes the isolated migration network; the disks go by SMB to
the name of hv02, and the attempt at TCP 445 shows which address that is: one of the management network, whose adapter
leads to the internet. That is as bad as where disks move alone (case 70)."""
SOURCE = (
    "G16.2 NET-01; virtual_pc_guy 2015-03-20: the storage part of a shared-nothing move is SMB, memory apart from it"
)
EXPECT = [("NET-01", f"{HV01}/{HV02}", "FAIL")]
VERDICT = "not ready"
SAYS = [r"disks: 10\.77\.0\.0/16 \(interface 4\): leads to the internet"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate["routes"] = [{"source": HV01, "destination": HV02, "storage": True}]
    profile(record, HV02, 4, 2, 4)
    return record
