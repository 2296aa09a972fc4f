"""What no check judges yet of Hyper-V Replica, VMM, Site Recovery, clusters and shares."""

from __future__ import annotations

from checks.not_judged.where import (
    BEFORE,
    BEYOND,
    CLOUD,
    MAPPING,
    OFFLINE,
    REPLICATION,
    SITE_RECOVERY,
    STORAGE,
)
from scanner.api import NotJudged

YET = (
    NotJudged("REP-01", "Destination is enabled as replica server", f"{CLOUD}", REPLICATION),
    NotJudged("REP-02", "Authentication type fits the environment", f"{CLOUD} item 9", REPLICATION),
    NotJudged("REP-03", "Listening ports agree and are free", f"{CLOUD} item 10", REPLICATION),
    NotJudged("REP-04", "A firewall rule admits the replica port", f"{CLOUD} items 9-10", REPLICATION),
    NotJudged("REP-05", "Replica certificate valid (HTTPS)", f"{CLOUD} item 9", REPLICATION),
    NotJudged("REP-06", "Primary server is authorised on the replica", BEYOND, REPLICATION),
    NotJudged("REP-07", "Replica storage location exists and has room", f"{BEFORE} row storage mapping", REPLICATION),
    NotJudged("REP-08", "Replica SPNs registered (Kerberos)", f"{CLOUD} item 9", REPLICATION),
    NotJudged(
        "REP-09",
        "Existing replication equals the planned cloud settings",
        "S4 #on-board-existing-virtual-machines",
        SITE_RECOVERY,
    ),
    NotJudged("REP-10", "Replication health", BEYOND, REPLICATION),
    NotJudged(
        "REP-11",
        "Frequency, recovery points and app-consistent interval are consistent",
        f"{CLOUD} items 5-7",
        REPLICATION,
    ),
    NotJudged("REP-12", "VM is eligible for Replica", BEYOND, REPLICATION),
    NotJudged("REP-13", "Replica's way bypasses the proxy", BEYOND, REPLICATION),
    NotJudged("REP-14", "Names of replica servers are plain", BEYOND, REPLICATION),
    NotJudged(
        "REP-15", "Replication between domains or work groups can be started and failed over", BEYOND, REPLICATION
    ),
    NotJudged("ASR-08", "ASR-created host certificates present and valid (HTTPS)", f"{CLOUD} item 9", SITE_RECOVERY),
    NotJudged("ASR-11", "Names of virtual switches hold no #", BEYOND, SITE_RECOVERY),
    NotJudged("VMM-01", "At least one VMM server is reachable", f"{BEFORE} row VMM", SITE_RECOVERY),
    NotJudged("VMM-02", "VMM version ≥ 2012 SP1", f"{BEFORE} row VMM", SITE_RECOVERY),
    NotJudged("VMM-03", "Enough clouds", f"{BEFORE} row VMM", SITE_RECOVERY),
    NotJudged("VMM-04", "Every cloud has the Hyper-V capability profile", f"{BEFORE} row VMM", SITE_RECOVERY),
    NotJudged("VMM-05", "Source cloud contains at least one host group", f"{BEFORE} row VMM", SITE_RECOVERY),
    NotJudged(
        "VMM-06", "Every Hyper-V host with VMs to protect is in a VMM cloud", f"{BEFORE} row Hyper-V", SITE_RECOVERY
    ),
    NotJudged(
        "VMM-07", "Hosts in primary and secondary host groups; VMs on each", f"{BEFORE} row Hyper-V", SITE_RECOVERY
    ),
    NotJudged("VMM-08", "Hosts of a cloud run a uniform supported release", f"{BEFORE} row Hyper-V", SITE_RECOVERY),
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
    NotJudged("VMM-12", "A cloud is in one pair only", f"{CLOUD} item 4", SITE_RECOVERY),
    NotJudged("VMM-13", "Single-VMM: VMM's own VM isn't in a protected cloud", BEYOND, SITE_RECOVERY),
    NotJudged(
        "VMM-15",
        "The machines to protect are in the protected cloud",
        "S4, the step that enables protection",
        SITE_RECOVERY,
    ),
    NotJudged("CLU-02", "Replica broker exists and is online", f"{BEFORE} row Hyper-V", REPLICATION),
    NotJudged("CLU-03", "Static-IP cluster: broker was created manually", f"{BEFORE} row Hyper-V", REPLICATION),
    NotJudged("CLU-04", "Broker certificates and port mapping complete", BEYOND, REPLICATION),
    NotJudged(
        "SHR-01",
        "VMM service account has Full Control (NTFS) on export and import path",
        f"{OFFLINE} bullet 1",
        SITE_RECOVERY,
    ),
    NotJudged(
        "SHR-02",
        "VMM service account has Full access on the share of export and import path",
        f"{OFFLINE} bullet 1",
        SITE_RECOVERY,
    ),
    NotJudged(
        "SHR-03",
        "VMM service account is in a privileged group on the share's computer",
        f"{OFFLINE} bullet 2",
        SITE_RECOVERY,
    ),
    NotJudged("SHR-04", "VMM Run As accounts can read and write the paths", f"{OFFLINE} bullet 3", SITE_RECOVERY),
    NotJudged("SHR-05", "Export/import shares are not on Hyper-V hosts", f"{OFFLINE} bullet 4", SITE_RECOVERY),
    NotJudged("SHR-06", "Hosts may delegate cifs to export and import computers", f"{OFFLINE} bullet 5", SITE_RECOVERY),
)
