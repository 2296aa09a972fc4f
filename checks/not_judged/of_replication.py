"""What no check judges yet of Hyper-V Replica, VMM, Site Recovery, clusters and shares."""

from __future__ import annotations

from checks.not_judged.where import BEYOND, COMMAND, KEY, PROVIDER, SITE_RECOVERY
from scanner.api import NotJudged

YET = (
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
    NotJudged("VMM-14", "Registration identity fits a clustered VMM", f"{PROVIDER} item 11", SITE_RECOVERY),
    NotJudged("KEY-08", "File name and extension are plausible", BEYOND, SITE_RECOVERY),
    NotJudged("KEY-09", "Key file is present on the VMM server and not world-readable", f"{KEY} item 3", SITE_RECOVERY),
    NotJudged("CLU-05", "Provider and VMM clustered roles handled on all nodes", f"{PROVIDER} note", SITE_RECOVERY),
)
