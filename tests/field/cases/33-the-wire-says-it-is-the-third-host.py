from pathlib import Path
from runpy import run_path

from tests.field.networks import answered
from tests.field.record import HV01, HV02, Record

SITUATION = """As before, and the source's neighbour entry after the attempt shows the adapter of hv03. Get-NetNeighbor
on the source and Get-NetAdapter on hv03 show a person the same."""
SOURCE = "as before; Microsoft Learn: MSFT_NetNeighbor (LinkLayerAddress, State)"
EXPECT = [
    ("RCH-01", f"{HV01}/{HV02}", "FAIL"),
    ("NET-09", f"{HV01}/{HV02}", "FAIL"),
]
VERDICT = "not ready"
SAYS = [r"192\.168\.50\.2 is hv03\.corp\.example on the wire"]


def make() -> Record:
    before = Path(__file__).parent / "32-two-islands-with-one-plan-of-addresses.py"
    record: Record = run_path(str(before))["make"]()
    answered(record, HV01, {"192.168.50.2": 3}, 9)
    return record
