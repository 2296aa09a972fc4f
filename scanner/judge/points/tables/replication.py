"""Replica servers and replication."""

from __future__ import annotations

from scanner.judge.points.seen.replicas import http_sys, same_entries, same_settings
from scanner.words.model import SERVERS
from scanner.words.point import HOSTS, Point

POINTS = (
    Point(
        id="WIN-36",
        assumption=(
            "`Msvm_ReplicationServiceSettingData` and `Get-VMReplicationServer` tell the same on a host that is no "
            "node of a cluster"
        ),
        wrong="RCH-06 FAILs wrongly",
        notice="its text names the setting that lacks",
        settles="one record of a replica server",
        about=("RCH-06",),
        settle=same_settings,
        by=HOSTS,
    ),
    Point(
        id="WIN-37",
        assumption=(
            "`Msvm_ReplicationAuthorizationSettingData` and `Get-VMReplicationServer` tell the same entries on a host"
            " that is no node of a cluster"
        ),
        wrong="REP-06 is UNKNOWN",
        notice="its text names both",
        settles="one record of a replica server",
        about=("REP-06",),
        settle=same_entries,
        by=HOSTS,
    ),
    Point(
        id="WIN-38",
        assumption=(
            "Ports on which http.sys listens are rows of process 4 in `MSFT_NetTCPConnection`, and Windows evaluates "
            "the filter on their state itself"
        ),
        wrong="REP-03 FAILs wrongly: nothing seems to listen, or another process to hold the port",
        notice="RCH-06 passes beside it; `ListeningPort` lacks 5985 and 5986",
        settles="one record of a replica server",
        about=("REP-03", "RCH-06", "ListeningPort"),
        settle=http_sys,
        by=SERVERS,
    ),
    Point(
        id="WIN-39",
        assumption="Rules of Windows' firewall call http.sys `System`, whatever service asked it to listen",
        wrong="REP-04 **may PASS wrongly** where no attempt was made, or FAIL",
        notice="RCH-06 says otherwise",
        settles="one replica server with a rule of its own",
        green=True,
        about=("REP-04", "RCH-06"),
    ),
    Point(
        id="WIN-40",
        assumption=(
            "An entry `*.domain` of a replica server stands for one label, and one without `*.` for that name alone"
        ),
        wrong="REP-06 FAILs wrongly",
        notice="replication runs all the same",
        settles="one primary of a child domain",
        about=("REP-06",),
    ),
    Point(
        id="WIN-41",
        assumption=(
            "A certificate whose common name is the replica host's full name is shown by that host alone; trust is "
            "not judged"
        ),
        wrong="RCH-06 **may PASS wrongly** where two machines hold one address and one shows the other's certificate",
        notice="the thumbprint beside that of the replica host",
        settles="two hosts of one address, by certificate",
        green=True,
        about=("RCH-06",),
    ),
    Point(
        id="WIN-42",
        assumption=(
            "Replication goes through the proxy that WinHTTP is set to for http (Kerberos) or https (certificates)"
        ),
        wrong="REP-13 warns without need, or passes where it should warn",
        notice="the proxy's log",
        settles="one replica behind a proxy",
        about=("REP-13",),
    ),
    Point(
        id="WIN-43",
        assumption=(
            "`Set-VMReplicationServer` needs a certificate's thumbprint wherever it names that sign-in, and leaves "
            "what it does not name as it is"
        ),
        wrong="a printed command is refused, or takes more back than it says",
        notice="the command's own error; what it set is read again",
        settles="one replica server",
    ),
    Point(
        id="WIN-44",
        assumption=(
            "A replica, also while its first copy is on the way, is a machine of the same id on the replica server, "
            "with `ReplicationMode` 2"
        ),
        wrong="VM-14 fails or is UNKNOWN where replication runs",
        notice="its text tells what is there",
        settles="one replicating pair",
        about=("VM-14",),
    ),
)
