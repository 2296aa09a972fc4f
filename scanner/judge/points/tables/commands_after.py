"""What commands for replicas, machines and shares do."""

from __future__ import annotations

from scanner.words.point import Point

POINTS = (
    Point(
        id="FIX-13",
        assumption=(
            "A replica's destination sees its source under one of the source's own addresses, as in the rule that "
            "`New-NetFirewallRule` makes"
        ),
        wrong="the rule lets nobody in behind NAT",
        notice="RCH-06 fails still",
        settles="one such rule; then name the address that the destination sees",
        about=("RCH-06",),
    ),
    Point(
        id="FIX-14",
        assumption="`Update-VMVersion` raises to the highest version of its host, and the machine must be off",
        wrong="VM-02 passes or fails wrongly after it",
        notice="the machine's version in the next scan",
        settles="one upgrade",
        about=("VM-02", "Update"),
    ),
    Point(
        id="FIX-15",
        assumption=(
            "`Set-VMDvdDrive -Path $null` empties a drive, also of a machine that runs, and `Get-VMDvdDrive` writes "
            "the path as WMI does"
        ),
        wrong="the image stays in its drive",
        notice="VM-06 fails still",
        settles="one image taken out",
        about=("VM-06",),
    ),
    Point(
        id="FIX-16",
        assumption="A controller's account must keep 0x82000 (documented), a read-only one's 0x1000000 is left alone",
        wrong="a controller no longer replicates, or cannot be written",
        notice="error 8453",
        settles="nobody should try",
    ),
    Point(
        id="FIX-17",
        assumption=(
            "`Set-VMReplicationServer` takes one of the two sign-ins as a whole setting; by certificate it needs a "
            "thumbprint"
        ),
        wrong="RCH-06 is not cured",
        notice="its next finding",
        settles="one call",
        about=("RCH-06",),
    ),
    Point(
        id="FIX-18",
        assumption=(
            "`New-VMReplicationAuthorizationEntry` adds an entry and leaves the others; a folder and a trust group of"
            " other entries suit the new one"
        ),
        wrong="REP-06 is not cured, or a machine's replica lies where nobody looks for it",
        notice="REP-06 again; `Get-VMReplicationAuthorizationEntry`",
        settles="one entry on one replica server",
        about=("REP-06",),
    ),
    Point(
        id="FIX-19",
        assumption=(
            "`Set-SCCloud -AddCapabilityProfile` leaves the profiles that a cloud has, and the built-in one is called"
            " Hyper-V in every language"
        ),
        wrong="VMM-04 is not cured",
        notice="its next finding, or the command's own error",
        settles="one call",
        about=("VMM-04",),
    ),
    Point(
        id="FIX-20",
        assumption=(
            "`Resume-VMReplication` sets going what is paused, also a resynchronization, and with `-Resynchronize` "
            "what waits for one"
        ),
        wrong="REP-10 is not cured",
        notice="its next finding, or the command's own error",
        settles="one call of each",
        about=("REP-10",),
    ),
    Point(
        id="FIX-21",
        assumption=(
            "`New-Item -ItemType Directory` makes the folders above the new one, too, and what is made inherits the "
            "rights of its drive"
        ),
        wrong="REP-07 is not cured",
        notice="its next finding",
        settles="one folder on one replica server",
        about=("REP-07",),
    ),
    Point(
        id="FIX-22",
        assumption=(
            "`Grant-SmbShareAccess` adds an entry to the share's list and leaves the others, and finds the account of"
            r" a computer as `DOMAIN\NAME$`"
        ),
        wrong="SHR-02 is not cured",
        notice="its next finding, or the command's own error",
        settles="one call",
        about=("SHR-02",),
    ),
    Point(
        id="FIX-23",
        assumption=(
            "`icacls /grant` adds an entry for a SID behind `*` to a folder's list, which files and folders below "
            "inherit, and leaves the others"
        ),
        wrong="SHR-01, SHR-03 or SHR-04 is not cured",
        notice="its next finding, or the program's own error",
        settles="one call",
        about=("SHR-01", "SHR-03", "SHR-04"),
    ),
)
