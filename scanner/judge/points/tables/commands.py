"""What commands of hosts and of the directory do."""

from __future__ import annotations

from scanner.judge.points.seen.network import rule_names
from scanner.words.point import HOSTS, Point

POINTS = (
    Point(
        id="FIX-01",
        assumption=(
            "Cmdlets and parameters are there from the release on that [remedies.md](remedies.md#the-commands) tells"
        ),
        wrong="a command is not possible where it is printed",
        notice="PowerShell says so; nothing is changed",
        settles="`Get-Command -Syntax` on one host a release",
    ),
    Point(
        id="FIX-02",
        assumption=(
            "A change of migration networks or of the switch counts at once; `vmms` listens on TCP 6600 of the "
            "addresses in them without a restart"
        ),
        wrong="the listener stays as it was until `vmms` starts again",
        notice="RCH-01 fails still",
        settles="one change, then `netstat -an`",
        about=("RCH-01",),
    ),
    Point(
        id="FIX-03",
        assumption=(
            "`Enable-VMMigration` is refused on a machine in no domain, and runs on every other that is no node of a "
            "cluster"
        ),
        wrong="LM-01 prints words where a command would do, or a command that is refused",
        notice="the command's own error",
        settles="one call in a work group",
        about=("LM-01",),
    ),
    Point(
        id="FIX-04",
        assumption=(
            "`Add-VMMigrationNetwork` refuses a subnet that is listed, and takes one in which the host has no address"
        ),
        wrong="a list holds an entry twice, or a useless one",
        notice="LM-10",
        settles="one call of each",
        about=("LM-10",),
    ),
    Point(
        id="FIX-05",
        assumption=(
            "When it starts, `vmms` registers both names of its three services, and no name that another account holds"
        ),
        wrong="DEL-08 is not cured",
        notice="its next finding",
        settles="`setspn -L` after one restart",
        about=("DEL-08",),
    ),
    Point(
        id="FIX-06",
        assumption=(
            "`Set-ADComputer -Add` takes a value that is there already as done; "
            "`-PrincipalsAllowedToDelegateToAccount` writes the whole list anew, refusals included, and finds a "
            "principal of another domain only as an object that `Get-ADComputer -Server` gave"
        ),
        wrong="a remedy of DEL-01 to DEL-06 ends with an error, or takes away what it should leave",
        notice="the error, or DEL-05 of another source",
        settles="one call of each",
        about=("DEL-01", "DEL-02", "DEL-03", "DEL-04", "DEL-05", "DEL-06"),
    ),
    Point(
        id="FIX-07",
        assumption=(
            r"`Add-LocalGroupMember -SID ... -Member DOMAIN\name` takes an account of any domain that the host trusts,"
            " and is refused for one that is in already"
        ),
        wrong="the remedy of OPR-01 and OPR-02 does not cure",
        notice="PowerShell says so",
        settles="one call on one host",
        about=("OPR-01", "OPR-02"),
    ),
    Point(
        id="FIX-08",
        assumption="`Install-WindowsFeature Hyper-V-PowerShell` gives a host the module without a restart",
        wrong="the remedy of HOST-04 does not cure",
        notice="HOST-04 as before",
        settles="one host without it",
        about=("HOST-04",),
    ),
    Point(
        id="FIX-09",
        assumption=(
            "The cmdlets of the directory, of Hyper-V and of Windows' own management that `fix` does not guard take "
            "`$WhatIfPreference` of a script for their own"
        ),
        wrong="`fix.ps1 -WhatIf` changes what it should only tell",
        notice="what it prints is no `What if:`",
        settles="one script with `-WhatIf` on a practice host, then a scan",
    ),
    Point(
        id="FIX-10",
        assumption=(
            "`setspn` without a domain looks for the account in the operator's own domain, and `-S` refuses a name of"
            " another account in the forest"
        ),
        wrong="a name is registered twice",
        notice="DEL-08 of the other host",
        settles="one call",
        about=("DEL-08",),
    ),
    Point(
        id="FIX-11",
        assumption="`repadmin /syncall CONTROLLER /Ade` brings that controller all its partners know",
        wrong="DEL-10 is not cured",
        notice="its next finding",
        settles="one call where replication waits",
        about=("DEL-10",),
    ),
    Point(
        id="FIX-12",
        assumption=(
            "The rules of the firewall that Windows brings have the names we print on every release, and no policy "
            "overrides them"
        ),
        wrong="the port stays closed",
        notice="RCH-01, RCH-02 or RCH-06 fail still",
        settles="`Get-NetFirewallRule -Name` on one host a release",
        about=("RCH-01", "RCH-02", "RCH-06"),
        settle=rule_names,
        by=HOSTS,
    ),
)
