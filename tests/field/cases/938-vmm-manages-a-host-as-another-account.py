from pathlib import Path
from runpy import run_path
from typing import Any

from tests.field.record import Record

SITUATION = """The estate names no account with which VMM added hosts, and VMM manages them as one: whether that may use
the shares for first copies, nobody looked."""
SOURCE = "S4, Prepare for offline initial replication, bullet 3: Run As accounts of the hosts"
EXPECT = [("SHR-04", "export", "UNKNOWN")]
VERDICT = "not ready|incomplete"
SAYS = [r"name it in run_as of \[offline\]"]
LIKE = "865-a-share-for-everybody-and-a-folder-for-few.py"


def make() -> Record:
    case: dict[str, Any] = run_path(str(Path(__file__).with_name(LIKE)))
    record: Record = case["make"]()
    hosts = {"id": "0b3c", "name": "Hosts", "user": "CORP\\svc-vmm-hosts"}
    record.put("RunAsAccount", "vmm01.corp.example", [hosts])
    return record
