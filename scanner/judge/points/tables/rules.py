"""Releases, sessions, names and files."""

from __future__ import annotations

from scanner.judge.points.seen.hyper_v import versions_of_old
from scanner.judge.points.seen.network import migration_port
from scanner.words.point import HOSTS, Point

POINTS = (
    Point(
        id="RULE-01",
        assumption="Build numbers belong to the releases we list; an unknown build counts as the release before it",
        wrong="HOST-02, HOST-03 and VM-02 name the wrong release",
        notice="the seen text names build and release",
        settles="`winver`",
        about=("HOST-02", "HOST-03", "VM-02"),
    ),
    Point(
        id="RULE-02",
        assumption="The table of configuration versions holds for hosts that do not list theirs (2012, 2012 R2)",
        wrong="VM-02 is wrong for these: **may PASS wrongly**",
        notice="the note names Microsoft's table",
        settles="one machine moved to such a host",
        green=True,
        about=("VM-02",),
        settle=versions_of_old,
        by=HOSTS,
    ),
    Point(
        id="RULE-03",
        assumption=(
            "A session that opens lets in whom the first entry of the access list names that is about him, whatever "
            "the sign-in beside NETWORK"
        ),
        wrong="OPR-02 is wrong for lists that somebody wrote",
        notice="`Enter-PSSession` as the operator",
        settles="one such list",
        about=("OPR-02",),
    ),
    Point(
        id="RULE-04",
        assumption=(
            "The Hyper-V module of Windows Server 2016, Windows 10 or later manages every later host in the table"
        ),
        wrong="HOST-04 **may PASS wrongly**",
        notice="`Move-VM` there names an older module",
        settles="one move started from an older machine",
        green=True,
        about=("HOST-04",),
    ),
    Point(
        id="RULE-05",
        assumption="Live migration listens on TCP 6600 on the addresses it reports",
        wrong="RCH-01 tries the wrong place, and NET-01 judges networks on which nothing comes in",
        notice="RCH-01 fails although moves work",
        settles="one move",
        about=("RCH-01", "NET-01"),
        settle=migration_port,
        by=HOSTS,
    ),
    Point(
        id="RULE-06",
        assumption=(
            "Hyper-V runs no machine from a share of its own host, by whatever name the path calls it (Microsoft "
            "Learn: Deploy Hyper-V over SMB, loopback is not supported)"
        ),
        wrong="RCH-02 FAILs, and disks count as ones that must move, where such a machine would run",
        notice="its text says that the host would open its own share",
        settles="one such machine",
        about=("RCH-02",),
    ),
    Point(
        id="RULE-07",
        assumption=(
            "A short name in a path is that of a machine of the asker's own domain or DNS suffix, before any list of "
            "suffixes to search"
        ),
        wrong=(
            "RCH-02 takes another machine for a host of the estate, and FAILs or is UNKNOWN; one under a name that "
            "nobody knows is a file server like any other"
        ),
        notice="its text names the host",
        settles="`Resolve-DnsName` of that name on the host",
        about=("RCH-02",),
    ),
    Point(
        id="RULE-08",
        assumption="Every address that a machine registers in DNS is among those it lists, also one that is not in use",
        wrong="RCH-02 and RCH-06 are UNKNOWN",
        notice="their text names the address",
        settles="`Get-NetIPAddress` on that machine",
        about=("RCH-02", "RCH-06"),
    ),
    Point(
        id="RULE-09",
        assumption="Registration key files look as published source code writes them; a key is good for five days",
        wrong="KEY-01 to KEY-04 are wrong",
        notice="the portal's own words for the same file",
        settles="one fresh key file",
        about=("KEY-01", "KEY-02", "KEY-03", "KEY-04"),
    ),
    Point(
        id="RULE-10",
        assumption="The published names are the endpoints of Site Recovery in each cloud",
        wrong="the printed list of what to allow is not complete",
        notice="registration fails although RCH-07 passes: wildcards cannot be tried",
        settles="one registration",
        about=("RCH-07",),
    ),
)
