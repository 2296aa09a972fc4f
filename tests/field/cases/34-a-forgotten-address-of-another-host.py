from pathlib import Path
from runpy import run_path

from tests.field.networks import answered
from tests.field.record import HV01, HV02, Record

SITUATION = """The plan of addresses is the same, but the cables are one: hv03's copy is on an adapter without use. The
source's neighbour entry after the attempt shows the adapter of the destination, so the move goes where it shall."""
SOURCE = "as before; Microsoft Learn: MSFT_NetNeighbor (LinkLayerAddress, State)"
EXPECT = [
    ("RCH-01", f"{HV01}/{HV02}", "PASS"),
    ("LM-11", f"{HV01}/{HV02}", "PASS"),
    ("NET-09", f"{HV01}/{HV02}", "PASS"),
]
VERDICT = "ready"


def make() -> Record:
    before = Path(__file__).parent / "32-two-islands-with-one-plan-of-addresses.py"
    record: Record = run_path(str(before))["make"]()
    answered(record, HV01, {"192.168.50.2": 2}, 9)
    return record
