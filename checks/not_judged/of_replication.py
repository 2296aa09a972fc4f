"""What no check judges yet of Hyper-V Replica, VMM, Site Recovery, clusters and shares."""

from __future__ import annotations

from checks.not_judged.where import BEFORE, BEYOND, COMMAND, KEY, MAPPING, PROVIDER, SITE_RECOVERY, STORAGE
from scanner.api import NotJudged

YET = (
    NotJudged(
        "REP-09",
        "Existing replication equals the planned cloud settings",
        "S4 #on-board-existing-virtual-machines",
        SITE_RECOVERY,
    ),
    NotJudged(
        "ASR-02", "Provider installed on every VMM server/node", f"{PROVIDER} items 2-5; {COMMAND}", SITE_RECOVERY
    ),
    NotJudged("ASR-03", "Provider version identical on all nodes of a VMM cluster", f"{PROVIDER} note", SITE_RECOVERY),
    NotJudged("ASR-04", "VMM has a VmmID", BEYOND, SITE_RECOVERY),
    NotJudged("ASR-05", "No conflicting earlier registration", BEYOND, SITE_RECOVERY),
    NotJudged("ASR-06", "TLS 1.2 enabled for outbound connections", BEYOND, SITE_RECOVERY),
    NotJudged("ASR-07", "Clock close to internet time", BEYOND, SITE_RECOVERY),
    NotJudged("ASR-09", "IP ranges for own region and West US allowed (manual)", f"{PROVIDER}", SITE_RECOVERY),
    NotJudged("ASR-10", "DRAProxyAccount exists for an authenticating proxy", f"{PROVIDER}", SITE_RECOVERY),
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
    NotJudged("VMM-14", "Registration identity fits a clustered VMM", f"{PROVIDER} item 11", SITE_RECOVERY),
    NotJudged(
        "VMM-15",
        "The machines to protect are in the protected cloud",
        "S4, the step that enables protection",
        SITE_RECOVERY,
    ),
    NotJudged("KEY-08", "File name and extension are plausible", BEYOND, SITE_RECOVERY),
    NotJudged("KEY-09", "Key file is present on the VMM server and not world-readable", f"{KEY} item 3", SITE_RECOVERY),
    NotJudged("CLU-05", "Provider and VMM clustered roles handled on all nodes", f"{PROVIDER} note", SITE_RECOVERY),
)
