"""Where the rows are written, and the kinds of move they are about, named as they go together."""

from __future__ import annotations

from scanner.api import Profile

LIVE = frozenset({Profile.LIVE_MIGRATION})
SITE_RECOVERY = frozenset({Profile.ASR_VMM})
REPLICATION = frozenset({Profile.REPLICA, Profile.ASR_VMM})
LIVE_AND_REPLICA = frozenset({Profile.LIVE_MIGRATION, Profile.REPLICA})
EVERY = frozenset(Profile)

BEYOND = "beyond seeds"
REQUIRED = "S0-S3 #requirements-for-setting-up-live-migration"
OPTIONS = "S0-S3 #consider-options-for-authentication-and-networking"
DELEGATION = "S0-S3 #BKMK_Step1 / #use-the-users-and-computers-snap-in-…"
BEFORE = "S4 #before-you-start"
KEY = "S4 #step-2-generate-a-vault-registration-key"
PROVIDER = "S4 #step-3-install-the-azure-site-recovery-provider"
CLOUD = "S4 #step-4-configure-cloud-protection-settings"
MAPPING = "S4 #step-5-configure-network-mapping"
STORAGE = "S4 #step-6-configure-storage-mapping"
OFFLINE = "S4 #prepare-for-offline-initial-replication"
COMMAND = "S4 #command-line-installation"
