from pathlib import Path
from runpy import run_path

from tests.field.record import HV01, HV02, Record

SITUATION = r"""Storage stays on \\fs01.branch.example\vms, and hv01's account in corp.example lists cifs of it.
Its account was not read: its name alone does not tell its domain, and a list ends at the border of its own."""
SOURCE = "Microsoft Learn: Kerberos constrained delegation overview; disjoint namespace"
EXPECT = [("LM-03", f"{HV01}/{HV02}", "UNKNOWN")]
VERDICT = "incomplete"


def make() -> Record:
    record: Record = run_path(str(Path(__file__).with_name("102-a-file-server-of-another-domain.py")))["make"]()
    for target in ("branch.example", "dcb.branch.example"):
        rows = record.rows("ComputerAccount", target)
        rows[:] = [row for row in rows if row["sam_name"] != "FS01$"]
    return record
