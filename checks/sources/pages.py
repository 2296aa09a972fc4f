"""The vendor's pages that this scanner judges by, and where each can be read.

S0 to S3 are one page in four versions; lines that are cited are those of S0. S4 is no longer on the vendor's site: the
address leads to its last text in the vendor's repository.
"""

from __future__ import annotations

from scanner.api import Page

LIVE_MIGRATION = Page(
    "Set up hosts for live migration without Failover Clustering",
    ("S0", "S1", "S2", "S3"),
    "https://learn.microsoft.com/en-us/windows-server/virtualization/hyper-v/deploy/"
    "set-up-hosts-for-live-migration-without-failover-clustering",
)
SITE_RECOVERY = Page(
    "Replicate Hyper-V virtual machines in VMM clouds to a secondary VMM site",
    ("S4",),
    "https://github.com/MicrosoftDocs/azure-docs/blob/aa9b582207fb6371cdc8d179e1f8839c10964760/"
    "articles/site-recovery/site-recovery-vmm-to-vmm-classic.md",
)
