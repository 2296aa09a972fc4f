"""What no check judges yet of Hyper-V Replica, VMM, Site Recovery, clusters and shares."""

from __future__ import annotations

from checks.not_judged.where import BEFORE, BEYOND, MAPPING, SITE_RECOVERY, STORAGE
from scanner.api import NotJudged

YET = (
    NotJudged(
        "REP-09",
        "Existing replication equals the planned cloud settings",
        "S4 #on-board-existing-virtual-machines",
        SITE_RECOVERY,
    ),
    NotJudged(
        "VMM-09",
        "VM network chain on the source is complete",
        f"{BEFORE} row network mapping; {MAPPING}",
        SITE_RECOVERY,
    ),
    NotJudged(
        "VMM-10",
        "Target cloud offers VM networks for mapping",
        f"{BEFORE} row network mapping; {MAPPING} item 5",
        SITE_RECOVERY,
    ),
    NotJudged(
        "VMM-11",
        "Storage classifications available on both sides",
        f"{BEFORE} row storage mapping; {STORAGE} item 1",
        SITE_RECOVERY,
    ),
    NotJudged("VMM-13", "Single-VMM: VMM's own VM isn't in a protected cloud", BEYOND, SITE_RECOVERY),
    NotJudged(
        "VMM-15",
        "The machines to protect are in the protected cloud",
        "S4, the step that enables protection",
        SITE_RECOVERY,
    ),
)
