from pathlib import Path
from runpy import run_path
from typing import Any

from tests.field.record import Record

SITUATION = """The service of VMM runs as the machine itself, and VMM says an account of the domain: whose rights count
is not known, and the folder grants them to one of both."""
SOURCE = "G16.1 rule 3: evidence at hand that contradicts a PASS forbids it"
EXPECT = [("SHR-01", "export", "UNKNOWN")]
VERDICT = "not ready|incomplete"
SAYS = [r"runs as LocalSystem by its service, and as CORP\\svc-other by its own word"]
LIKE = "865-a-share-for-everybody-and-a-folder-for-few.py"


def make() -> Record:
    case: dict[str, Any] = run_path(str(Path(__file__).with_name(LIKE)))
    record: Record = case["make"]()
    record.one("VmmServer", "vmm01.corp.example")["service_account"] = "CORP\\svc-other"
    return record
