"""The lines of docs/unproven.md that the remedy tests rest on, by how they begin; a test holds them against the page.

Where one of them is wrong, these tests pass and a remedy does not cure, or harms.
"""

from __future__ import annotations

MODEL = (
    "Cmdlets and parameters are there from the release on",
    "A change of migration networks or of the switch counts at once",
    "`Enable-VMMigration` is refused on a machine in no domain",
    "`Add-VMMigrationNetwork` refuses a subnet that is listed",
    "When it starts, `vmms` registers both names",
    "`Set-ADComputer -Add` takes a value that is there already",
    "`Add-LocalGroupMember -SID",
    "`Install-WindowsFeature Hyper-V-PowerShell`",
    "The cmdlets of the directory, of Hyper-V and of Windows' own management",
    "`setspn` without a domain looks for the account",
    "`repadmin /syncall CONTROLLER /Ade`",
    "The rules of the firewall that Windows brings",
    "A replica's destination sees its source under",
    "`Update-VMVersion` raises to the highest version",
    "`Set-VMDvdDrive -Path $null` empties a drive",
    "A controller's account must keep 0x82000",
    "`Set-VMReplicationServer` takes one of the two sign-ins",
    "`New-VMReplicationAuthorizationEntry` adds an entry",
    "`Set-SCCloud -AddCapabilityProfile` leaves the profiles",
    "`Resume-VMReplication` sets going what is paused",
    "`New-Item -ItemType Directory` makes",
    "`Grant-SmbShareAccess` adds an entry",
    "`icacls /grant` adds an entry",
)
"""What each command does: of test_commands.py, test_generated.py, test_broken.py and test_live.py."""
VERDICTS = (
    "Resource-based delegation alone lets a live migration start",
    "`host/` in a delegation list does not stand for `cifs/`",
    "Live migration listens on TCP 6600",
    "The table of configuration versions holds",
)
"""That a green verdict afterwards means what it says: of test_generated.py, test_broken.py and test_live.py."""
