from pathlib import Path
from runpy import run_path

from tests.field.record import HV01, HV02, Record

SITUATION = """Storage stays on a file server whose name hv01 lists, and whose account denies hv01. Which of the two
wins, names or deny entry, is not documented."""
SOURCE = "Microsoft Learn: msDS-AllowedToActOnBehalfOfOtherIdentity"
EXPECT = [("LM-03", f"{HV01}/{HV02}", "UNKNOWN")]
VERDICT = "incomplete"


def make() -> Record:
    path = Path(__file__).with_name("103-a-file-server-whose-account-is-disabled.py")
    return run_path(str(path))["make"](0x1000, True)
