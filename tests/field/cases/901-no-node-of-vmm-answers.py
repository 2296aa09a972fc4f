from pathlib import Path
from runpy import run_path

from tests.field.record import Record

SITUATION = """VMM is highly available on two nodes, and its service is stopped on both: the cluster's role is offline.
Each node for itself looks like a passive one."""
SOURCE = "microsoft/AzureArcSCVMMTSG, PSSessionGet-SCVMMServer.md (error 1602); replica-vmm-cases 18"
EXPECT = [("VMM-01", "vmm0", "FAIL"), ("VMM-02", "vmm0", "UNKNOWN")]
VERDICT = "not ready"
SAYS = [r"Bring VMM's role online in Failover Cluster Manager"]


def make() -> Record:
    return run_path(str(Path(__file__).with_name("900-a-passive-node-of-vmm.py")))["make"](answers=False)
