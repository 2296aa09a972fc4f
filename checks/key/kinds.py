"""The kinds of vault credentials, told by the root element of the file."""

from __future__ import annotations

from scanner.api import not_applicable, tell

SITE_RECOVERY = "RSVaultAsrCreds"
RETIRED = "ASRVaultCreds"
"""Site Recovery keys that sign in through the Access Control Service, which is gone."""
BACKUP = ("RSBackupVaultAADCreds", "BackupVaultCreds")
KNOWN = (SITE_RECOVERY, RETIRED, *BACKUP)
ANOTHER = tell("Generate a new key in the vault: Site Recovery, Prepare infrastructure, System Center VMM.")
"""What to do about any key that will not do."""
PATH = tell("Mend path in its [[key_file]]: a path begins at the folder of the estate file, or is absolute.")
"""What to do where there is no file of that name: a key that is good may lie beside it."""
SEE_KEY_01 = not_applicable(tell("the file is not well formed; see KEY-01"))
"""What the other checks say of a file that KEY-01 fails."""
