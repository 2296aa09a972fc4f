"""The kinds of vault credentials, told by the root element of the file."""

from __future__ import annotations

SITE_RECOVERY = "RSVaultAsrCreds"
RETIRED = "ASRVaultCreds"
"""Site Recovery keys that sign in through the Access Control Service, which is gone."""
BACKUP = ("RSBackupVaultAADCreds", "BackupVaultCreds")
KNOWN = (SITE_RECOVERY, RETIRED, *BACKUP)
ANOTHER = "Generate a new key in the vault: Site Recovery, Prepare infrastructure, System Center VMM."
"""What to do about any key that will not do."""
