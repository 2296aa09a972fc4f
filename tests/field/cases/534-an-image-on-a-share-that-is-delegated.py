from pathlib import Path
from runpy import run_path

from tests.field.record import HV01, HV02, Record

SITUATION = r"""The drive of a machine of hv01 holds an image on fs01, which hv02 reaches, and cifs to it is
delegated: the machine moves, and the image should be known of."""
SOURCE = "Microsoft Learn: set up hosts for live migration, step 1 (cifs); troubleshoot live migration, 0xC03A0014"
EXPECT = [("VM-06", f"{HV01}/", "WARN|PASS"), ("VM-06", f"{HV02}/", "PASS")]
VERDICT = "ready"


def make() -> Record:
    other = Path(__file__).with_name("534-an-image-on-a-share-that-nobody-delegated.py")
    return run_path(str(other))["make"](listed=True)
